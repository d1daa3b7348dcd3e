import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { MemberRole } from "../../protocol/private-room.ts";
import type { User } from "../../protocol/session.ts";
import type { Append, AppendOutcome } from "../../room/ports/log.ts";
import type { NewPrivateRoom } from "../../room/ports/private-rooms.ts";
import type { Store } from "../../room/ports/store.ts";
import {
	ADA,
	BEN,
	entriesOf,
	type OpenForTest,
	reaction,
	removal,
	storeTest,
	text,
	upTo,
	wholeLog,
} from "./fixture.ts";

const CAT: User = { id: "cat-00000001", name: "Cat" };
const ROOM = `~${"a".repeat(26)}`;

function newRoom(rest: Partial<NewPrivateRoom & { kind: "private" }> = {}): NewPrivateRoom {
	const base = { kind: "private", room: ROOM, createdAt: 1_000, by: ADA, clientId: randomUUID() } as const;
	return { ...base, title: "The Attic", history: true, ...rest };
}

function direct(room: string, by: User, people: readonly User[]): NewPrivateRoom {
	return { kind: "direct", room, createdAt: 1_000, by, people };
}

/** Lets `user` in, changes their role, or removes them without one. */
function member(by: User, user: User, role?: MemberRole, room = ROOM): Append {
	return { kind: "member", room, by, user, createdAt: 2_000, ...(role && { role }) };
}

function shown(outcomes: readonly AppendOutcome[]): (string | number)[] {
	return outcomes.map((outcome) => {
		if (outcome.outcome === "refused") return outcome.reason;
		return outcome.outcome === "appended" ? outcome.entry.seq : `repeats ${outcome.seq}`;
	});
}

async function stateOf(store: Store, room = ROOM) {
	return (await store.openPrivate(room, 10, 10))?.state;
}

/** Private and direct rooms and their members. */
export function privateRoomsContract(name: string, open: OpenForTest): void {
	storeTest(name, "R5 a private room begins with its settings and its owner", open, async ({ store, reopen }) => {
		assert.deepEqual(await store.createPrivateRoom(newRoom()), { outcome: "created", room: ROOM });
		const reopened = await reopen();
		const log = await reopened.openPrivate(ROOM, 10, 10);
		assert.deepEqual(log?.entries, [
			{ kind: "room", seq: 1, by: ADA, title: "The Attic", history: true, createdAt: 1_000 },
			{ kind: "member", seq: 2, by: ADA, user: ADA, role: "owner", createdAt: 1_000 },
		]);
		assert.deepEqual(log?.state, {
			kind: "private",
			title: "The Attic",
			history: true,
			members: [{ user: ADA, role: "owner", joinedSeq: 0 }],
		});
	});

	storeTest(name, "R5 a repeated clientId creates no second room, also at once", open, async ({ store }) => {
		const clientId = randomUUID();
		const rooms = upTo(5).map((n) => newRoom({ clientId, room: `~${n}` }));
		const created = await Promise.all(rooms.map((room) => store.createPrivateRoom(room)));
		assert.equal(new Set(created.map((each) => each.outcome !== "full" && each.room)).size, 1);
		assert.equal(created.filter(({ outcome }) => outcome === "created").length, 1);
		assert.equal((await store.privateRoomsOf(ADA.id)).length, 1);
	});

	storeTest(
		name,
		"R7 the same people have one direct room, also when they open it at once",
		open,
		async ({ store }) => {
			const opened = await Promise.all([
				store.createPrivateRoom(direct("~1", ADA, [ADA, BEN])),
				store.createPrivateRoom(direct("~2", BEN, [BEN, ADA])),
				store.createPrivateRoom(direct("~3", ADA, [ADA, BEN])),
			]);
			assert.equal(new Set(opened.map((each) => each.outcome !== "full" && each.room)).size, 1);
			const other = await store.createPrivateRoom(direct("~4", ADA, [ADA, BEN, CAT]));
			assert.deepEqual(other, { outcome: "created", room: "~4" });
			const [own] = await store.privateRoomsOf(CAT.id);
			assert.deepEqual([own?.kind, own?.people?.map(({ name }) => name).sort()], ["direct", ["Ada", "Ben", "Cat"]]);
		},
	);

	storeTest(name, "R6 only members append, and a private room is not created by an append", open, async ({ store }) => {
		await store.createPrivateRoom(newRoom());
		const outcomes = await store.append([
			text(ROOM, "mine"),
			text(ROOM, "not mine", { author: BEN }),
			reaction(BEN, ROOM, 3, "👍"),
			text("~nowhere", "lost"),
			member(BEN, BEN, "member"),
			removal(ROOM, 3),
			text("lobby", "hi", { author: BEN }),
		]);
		assert.deepEqual(shown(outcomes), [3, "not_member", "not_member", "not_member", "not_member", 4, 1]);
		assert.equal(await store.openPrivate("~nowhere", 1, 1), undefined);
		assert.equal(await store.openPrivate("lobby", 1, 1), undefined);
		assert.equal((await store.heads(["~nowhere"])).size, 0);
	});

	storeTest(name, "R6 nothing of a removed member is stored after the removal", open, async ({ store }) => {
		await store.createPrivateRoom(newRoom());
		const outcomes = await store.append([
			member(ADA, BEN, "member"),
			text(ROOM, "in", { author: BEN }),
			member(ADA, BEN),
			text(ROOM, "out", { author: BEN }),
		]);
		assert.deepEqual(shown(outcomes), [3, 4, 5, "not_member"]);
		assert.equal(await store.roleIn(ROOM, BEN.id), undefined);
		assert.deepEqual(await store.privateRoomsOf(BEN.id), []);
		const log = await wholeLog(store, ROOM);
		assert.deepEqual(entriesOf(outcomes), log.slice(2));
	});

	storeTest(name, "R5 owners change members and settings, and members may leave", open, async ({ store }) => {
		await store.createPrivateRoom(newRoom());
		const settings = { title: "The Cellar", topic: "Wine", history: false };
		const outcomes = await store.append([
			member(ADA, BEN, "member"),
			member(ADA, BEN, "member"),
			member(BEN, CAT, "member"),
			{ kind: "room", room: ROOM, by: BEN, settings, createdAt: 3_000 },
			{ kind: "room", room: ROOM, by: ADA, settings, createdAt: 3_000 },
			member(ADA, CAT, "owner"),
			member(ADA, ADA, "member"),
			member(ADA, BEN),
			member(BEN, BEN),
			member(CAT, BEN),
		]);
		assert.deepEqual(shown(outcomes), [3, "repeats 3", "forbidden", "forbidden", 4, 5, 6, "forbidden", 7, "missing"]);
		assert.deepEqual(await stateOf(store), {
			kind: "private",
			...settings,
			members: [
				{ user: ADA, role: "member", joinedSeq: 0 },
				{ user: CAT, role: "owner", joinedSeq: 5 },
			],
		});
		await store.append([{ kind: "room", room: ROOM, by: CAT, settings: { topic: "" }, createdAt: 3_000 }]);
		assert.deepEqual((await stateOf(store))?.topic, undefined);
	});

	storeTest(name, "R5 a private room keeps an owner, and a direct room its people", open, async ({ store }) => {
		await store.createPrivateRoom(newRoom());
		await store.createPrivateRoom(direct("~direct", ADA, [ADA, BEN]));
		const outcomes = await store.append([
			member(ADA, ADA),
			member(ADA, ADA, "member"),
			member(ADA, CAT, "member", "~direct"),
			member(ADA, ADA, undefined, "~direct"),
			{ kind: "room", room: "~direct", by: ADA, settings: { title: "x" }, createdAt: 3_000 },
		]);
		assert.deepEqual(shown(outcomes), ["last", "last", "forbidden", "forbidden", "forbidden"]);
	});

	storeTest(name, "R6 private rooms are on the lists of their members only", open, async ({ store }) => {
		await store.append([text("lobby", "hi")]);
		await store.createPrivateRoom(newRoom());
		await store.createPrivateRoom(direct("~direct", ADA, [ADA, BEN]));
		const names = (rooms: readonly { room: string }[]) => rooms.map(({ room }) => room).sort();
		assert.deepEqual(names(await store.rooms(10)), ["lobby"]);
		assert.deepEqual(names(await store.privateRoomsOf(ADA.id)), [ROOM, "~direct"].sort());
		assert.deepEqual(names(await store.privateRoomsOf(BEN.id)), ["~direct"]);
		assert.deepEqual(await store.membersOf(ROOM), [{ user: ADA, role: "owner" }]);
		assert.deepEqual([await store.roleIn(ROOM, ADA.id), await store.roleIn(ROOM, BEN.id)], ["owner", undefined]);
		assert.deepEqual([await store.nameOf(BEN.id), await store.nameOf("nobody")], ["Ben", undefined]);
	});

	storeTest(name, "a removed private room takes its members with it", open, async ({ store, reopen }) => {
		await store.createPrivateRoom(newRoom());
		await store.createPrivateRoom(direct("~direct", ADA, [ADA, BEN]));
		for (const room of [ROOM, "~direct"]) assert.equal(await store.removeRoom(room), true);
		const reopened = await reopen();
		assert.deepEqual(await reopened.privateRoomsOf(ADA.id), []);
		assert.deepEqual(shown(await reopened.append([text(ROOM, "again")])), ["not_member"]);
		const again = await reopened.createPrivateRoom(direct("~again", ADA, [ADA, BEN]));
		assert.deepEqual(again, { outcome: "created", room: "~again" });
	});
}
