import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "../../app/protocol/log.ts";
import type { PrivateRoomInfo } from "../../app/protocol/private-room.ts";
import type { User } from "../../app/protocol/session.ts";
import { createRoomInfo } from "./room-info.ts";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";

const PRIVATE: PrivateRoomInfo = { kind: "private", title: "The Attic", history: true, role: "member" };

function openInfo(name: string, info?: PrivateRoomInfo) {
	const removals: User[] = [];
	const room = createRoomInfo({ name, me: ADA_USER, onRemoved: (by) => void removals.push(by) });
	room.info.value = info;
	return { room, removals };
}

const member = (seq: number, user: User, role?: "owner" | "member"): Entry => {
	return { kind: "member", seq, createdAt: 0, by: GRACE_USER, user, ...(role && { role }) };
};

test("a room is called by its title, by its other people, or by its name", () => {
	assert.equal(openInfo("lobby").room.title.value, "lobby");
	assert.equal(openInfo("~attic").room.title.value, "Private room", "until it is joined");
	assert.equal(openInfo("~attic", PRIVATE).room.title.value, "The Attic");
	const people = [ADA_USER, GRACE_USER, { id: "eve", name: "Eve" }];
	assert.equal(
		openInfo("~x", { kind: "direct", history: true, role: "member", people }).room.title.value,
		"grace, Eve",
	);
});

test("the settings and the user's role follow the log", () => {
	const { room } = openInfo("~attic", PRIVATE);
	room.receive([
		{ kind: "room", seq: 3, createdAt: 0, by: GRACE_USER, topic: "Wine" },
		{ kind: "room", seq: 4, createdAt: 0, by: GRACE_USER, title: "The Cellar", history: false },
		member(5, ADA_USER, "owner"),
		member(6, GRACE_USER, "member"),
	]);
	const { kind, title, topic, history, role } = room.info.value!;
	assert.deepEqual([kind, title, topic, history, role], ["private", "The Cellar", "Wine", false, "owner"]);
});

test("a removal counts unless the user has become a member again since", () => {
	const { room, removals } = openInfo("~attic", PRIVATE);
	room.receive([member(3, GRACE_USER), member(4, ADA_USER), member(5, ADA_USER, "member")]);
	assert.deepEqual(removals, []);
	room.receive([member(6, ADA_USER)]);
	assert.deepEqual(removals, [GRACE_USER]);
});
