import assert from "node:assert/strict";
import { test } from "node:test";
import { flushPromises, openDomain, refusalOf } from "../testing/domain.ts";

test("M6 a removal by an admin is an entry of the log, with an entry in the audit log; a second one changes nothing", async () => {
	const { chat, member, send, entries, store } = openDomain();
	const ada = await member("ada", "lobby");
	await send(ada, "lobby", "hello");
	for (const _ of [1, 2])
		assert.deepEqual(await chat.adminAppends.remove("lobby", 1, { by: "root" }), { ok: true, data: { seq: 2 } });
	await flushPromises();
	assert.deepEqual(entries(), ["1 hello", "2 removal"]);
	assert.deepEqual(
		store.audited.map(({ act, target, by }) => [act, target, by]),
		[["remove_message", { room: "lobby", seq: 1 }, "root"]],
	);
});

test("C5 A6 an admin pins a message and unpins it, and both are in the audit log", async () => {
	const { chat, member, send, store } = openDomain();
	await send(await member("ada", "lobby"), "lobby", "hello");
	assert.deepEqual(await chat.adminAppends.setPin("lobby", 1, true), { ok: true, data: { seq: 2 } });
	assert.equal((await store.history("lobby", { limit: 1 })).messages[0]?.pinned, true);
	await chat.adminAppends.setPin("lobby", 1, false);
	assert.deepEqual(
		store.audited.map(({ act }) => act),
		["pin_message", "unpin_message"],
	);
});

test("M6 C5 what is not a message of the room can't be removed or pinned", async () => {
	const { chat, member, send } = openDomain();
	await send(await member("ada", "lobby"), "lobby", "hello");
	assert.equal(refusalOf(await chat.adminAppends.remove("lobby", 7)), "not_found seq");
	assert.equal(refusalOf(await chat.adminAppends.remove("attic", 1)), "not_found seq");
	assert.equal(refusalOf(await chat.adminAppends.setPin("lobby", 7, true)), "not_found seq");
});
