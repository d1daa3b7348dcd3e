import assert from "node:assert/strict";
import { test } from "node:test";
import { flushPromises, openDomain, refusalOf, request } from "../testing/domain.ts";
import type { Connection } from "./ports/broadcast.ts";

function openPins() {
	const domain = openDomain({ limits: { edits: { perSecond: 1, burst: 2 } } });
	const { chat, nextId } = domain;
	const pin = (user: Connection, target: number, on = true) =>
		request((reply) => chat.pins.set(user, { room: "lobby", target, on, clientId: nextId() }, reply));
	return { ...domain, pin };
}

test("C5 owners and moderators pin messages, members and guests do not", async () => {
	const { chat, member, connect, send, pin, store, entries } = openPins();
	const ada = await member("ada", "lobby");
	await send(ada, "lobby", "hello");
	assert.equal(refusalOf(await pin(ada, 1)), "forbidden");
	assert.equal(refusalOf(await pin(connect("ben"), 1)), "not_found room");
	await chat.roles.set("admin", { user: ada.user.id, role: "member" });
	assert.equal(refusalOf(await pin(ada, 1)), "forbidden");
	await chat.roles.set("admin", { user: ada.user.id, role: "moderator" });
	assert.ok((await pin(ada, 1)).ok);
	await flushPromises();
	assert.deepEqual(entries(), ["1 hello", "2 pin"]);
	assert.deepEqual(store.audited.at(-1)?.act, "pin_message");
	assert.equal(store.audited.at(-1)?.by, "ada (u-ada)");
	assert.equal(refusalOf(await pin(ada, 9)), "not_found target");
	assert.equal(refusalOf(await pin(ada, 1, false)), "rate_limited");
	await chat.roles.set("admin", { user: ada.user.id, role: "guest" });
	assert.equal(refusalOf(await pin(ada, 1, false)), "forbidden");
});

test("A5 a moderator pins nothing in a closed room", async () => {
	const { chat, member, send, pin } = openPins();
	const ada = await member("ada", "lobby");
	await send(ada, "lobby", "hello");
	await chat.roles.set("admin", { user: ada.user.id, role: "owner" });
	await chat.moderation.closeRoom("lobby", {});
	assert.equal(refusalOf(await pin(ada, 1)), "forbidden room");
});

test("C5 the owners of a private room pin messages there, and its members do not", async () => {
	const { chat, connect, nextId } = openDomain();
	const [ada, ben] = [connect("ada"), connect("ben")];
	const created = await chat.privateRooms.create(ada, { clientId: nextId(), title: "The Attic", history: true });
	assert.ok(created.ok);
	const { room } = created.data;
	await chat.privateRooms.addMember(ada, { room, user: ben.user.id, role: undefined });
	for (const each of [ada, ben]) await chat.members.join(each, room);
	const pin = (by: Connection) =>
		request((reply) => chat.pins.set(by, { room, target: 1, clientId: nextId(), on: true }, reply));
	assert.equal(refusalOf(await pin(ben)), "forbidden");
	assert.equal(refusalOf(await pin(ada)), "not_found target", "there is no message yet");
});
