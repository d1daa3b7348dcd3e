import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Ack } from "../protocol/refusal.ts";
import { BANNED_WORD, flushPromises, openDomain, refusalOf } from "../testing/domain.ts";

describe("sending", () => {
	test("M1 M4 a message is acknowledged after its commit and before its broadcast", async () => {
		const { chat, member, broadcast, store } = openDomain();
		const ada = await member("ada", "lobby");
		const release = Promise.withResolvers<void>();
		store.held = release.promise;
		const log: string[] = [];
		const content = { body: "hello" };
		broadcast.toRoom = (_, event) => void log.push(event);
		chat.messages.send(ada, { room: "lobby", clientId: "c", content }, (ack) => log.push(`acked ${ack.ok}`));
		await flushPromises();
		assert.deepEqual(log, []);
		release.resolve();
		await flushPromises();
		assert.deepEqual(log, ["acked true", "room:appended"]);
	});

	test("M1 M3 messages are acknowledged in the order in which they were sent, refusals at once", async () => {
		const { chat, member } = openDomain();
		const ada = await member("ada", "lobby");
		const seqs: unknown[] = [];
		const reply = (ack: Ack<{ seq: number }>) => seqs.push(ack.ok ? ack.data.seq : ack.error.code);
		for (const body of ["one", BANNED_WORD, "two", "three"])
			chat.messages.send(ada, { room: "lobby", clientId: body, content: { body } }, reply);
		await flushPromises();
		assert.deepEqual(seqs, ["bad_request", 1, 2, 3]);
	});

	test("M2 a repeat returns the position of the first one, and is not broadcast", async () => {
		const { member, send, entries, clock } = openDomain();
		const ada = await member("ada", "lobby");
		const first = await send(ada, "lobby", "hello", "same");
		clock.advance(1_000);
		assert.deepEqual(await send(ada, "lobby", "hello", "same"), first);
		await flushPromises();
		assert.deepEqual(entries(), ["1 hello"]);
	});

	test("M1 a failed commit is refused as retryable, and logged", async () => {
		const { member, send, store, errors, entries } = openDomain();
		const ada = await member("ada", "lobby");
		store.failure = new Error("disk full");
		const ack = await send(ada, "lobby", "hello");
		assert.ok(!ack.ok && ack.error.retryable);
		assert.deepEqual([ack.error.code, errors, entries()], ["unavailable", ["commit: disk full"], []]);
	});

	test("R3 A5 L1 a message is refused outside the room, in a closed room, with a banned word, and if it is too long", async () => {
		const { chat, member, send, connect, entries } = openDomain({ limits: { bodyChars: 10 } });
		const ada = await member("ada", "lobby");
		const ben = connect("ben");
		assert.equal(refusalOf(await send(ben, "lobby", "hello")), "not_found room");
		assert.equal(refusalOf(await send(ada, "lobby", "x".repeat(11))), "too_long body");
		assert.equal(refusalOf(await send(ada, "lobby", `a ${BANNED_WORD}`)), "bad_request body");
		await chat.moderation.closeRoom("lobby", {});
		const closed = await send(ada, "lobby", "hello");
		assert.match(closed.ok ? "" : closed.error.message, /^This room is read-only/);
		await flushPromises();
		assert.deepEqual(entries(), []);
	});

	test("L1 a burst of messages passes, then one at a time; one that is too long takes no token, one with a banned word does", async () => {
		const { member, send, clock } = openDomain({ limits: { bodyChars: 10, messages: { perSecond: 5, burst: 3 } } });
		const ada = await member("ada", "lobby");
		for (let i = 0; i < 10; i++) await send(ada, "lobby", "x".repeat(11));
		assert.equal(refusalOf(await send(ada, "lobby", BANNED_WORD)), "bad_request body");
		for (let i = 0; i < 2; i++) assert.ok((await send(ada, "lobby", "hello")).ok);
		const ack = await send(ada, "lobby", "hello");
		assert.ok(!ack.ok);
		assert.deepEqual([ack.error.code, ack.error.retryAfterMs, ack.error.retryable], ["rate_limited", 200, true]);
		clock.advance(200);
		assert.ok((await send(ada, "lobby", "hello")).ok);
	});

	test("L1 the rate is one user's, over all their connections", async () => {
		const { chat, member, connect, send } = openDomain({ limits: { messages: { perSecond: 1, burst: 1 } } });
		const first = await member("ada", "lobby");
		const second = connect("ada", "ada-2");
		await chat.members.join(second, "lobby");
		assert.ok((await send(first, "lobby", "hello")).ok);
		assert.equal(refusalOf(await send(second, "lobby", "hello")), "rate_limited");
		assert.ok((await send(await member("ben", "lobby"), "lobby", "hello")).ok);
	});

	test("T1 an accepted message ends the typing of its author, a refused one does not", async () => {
		const { chat, member, send, broadcast, clock } = openDomain();
		const ada = await member("ada", "lobby");
		const typists = () =>
			broadcast.take().flatMap(({ event, payload }) => {
				return event === "typing:changed" ? [(payload as { users: unknown[] }).users.length] : [];
			});
		chat.typing(ada, "lobby", true);
		await send(ada, "lobby", BANNED_WORD);
		clock.advance(500);
		assert.deepEqual(typists(), [1]);
		await send(ada, "lobby", "hello");
		clock.advance(500);
		assert.deepEqual(typists(), [0]);
	});
});

describe("removing", () => {
	test("M6 a removal is an entry of the log, with an entry in the audit log; a second one changes nothing", async () => {
		const { chat, member, send, entries, store } = openDomain();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		for (const _ of [1, 2])
			assert.deepEqual(await chat.messages.remove("lobby", 1, { by: "root" }), { ok: true, data: { seq: 2 } });
		await flushPromises();
		assert.deepEqual(entries(), ["1 hello", "2 removal"]);
		assert.deepEqual(
			store.audited.map(({ act, target, by }) => [act, target, by]),
			[["remove_message", { room: "lobby", seq: 1 }, "root"]],
		);
	});

	test("M6 what is not a message of the room can't be removed", async () => {
		const { chat, member, send } = openDomain();
		await send(await member("ada", "lobby"), "lobby", "hello");
		assert.equal(refusalOf(await chat.messages.remove("lobby", 7)), "not_found seq");
		assert.equal(refusalOf(await chat.messages.remove("attic", 1)), "not_found seq");
	});
});
