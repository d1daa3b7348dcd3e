import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EVERYBODY_MEMBERS } from "../protocol/limits.ts";
import type { Entry } from "../protocol/log.ts";
import { EVERYBODY } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import { BANNED_WORD, flushPromises, openDomain, refusalOf, request } from "../testing/domain.ts";

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
		for (const body of ["one", BANNED_WORD, "two", "three"]) {
			const refusal = chat.messages.send(ada, { room: "lobby", clientId: body, content: { body } }, reply);
			if (refusal) reply(refusal);
		}
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

describe("replying", () => {
	test("C6 a reply names the message that it answers and the first one of the thread", async () => {
		const { chat, member, nextId, broadcast } = openDomain();
		const ada = await member("ada", "lobby");
		const reply = (to: number) =>
			request((ack) =>
				chat.messages.send(ada, { room: "lobby", clientId: nextId(), content: { body: "yes" }, reply: to }, ack),
			);
		await request((ack) => chat.messages.send(ada, { room: "lobby", clientId: "c", content: { body: "?" } }, ack));
		await reply(1);
		await reply(2);
		assert.equal(refusalOf(await reply(9)), "not_found reply");
		await flushPromises();
		const entries = broadcast.take().flatMap(({ payload }) => (payload as { entries?: Entry[] }).entries ?? []);
		assert.deepEqual(
			entries.map((entry) => entry.kind === "message" && [entry.reply, entry.root]),
			[
				[undefined, undefined],
				[1, 1],
				[2, 1],
			],
		);
	});
});

describe("mentioning", () => {
	test("C7 only people of the room are mentioned: those in it, and the authors of its newest messages", async () => {
		const { chat, member, connect, send, nextId, store } = openDomain();
		const ada = await member("ada", "lobby");
		const cem = await member("cem", "lobby");
		await send(cem, "lobby", "hello");
		chat.members.leave(cem, "lobby");
		await member("ben", "lobby");
		connect("eve");
		const mentions = ["u-ben", "u-cem", "u-eve", "u-ben", "nobody", EVERYBODY];
		const message = { room: "lobby", clientId: nextId(), content: { body: "@Ben" }, mentions };
		await request((ack) => chat.messages.send(ada, message, ack));
		const { messages } = await store.history("lobby", { limit: 10 });
		assert.deepEqual(messages.at(-1)?.mentions, ["u-ben", "u-cem", EVERYBODY]);
	});

	test("C7 everybody is mentioned only in a room of up to 20 people", async () => {
		const { chat, member, nextId, store } = openDomain();
		const ada = await member("ada", "lobby");
		const message = { room: "lobby", content: { body: "@room" }, mentions: [EVERYBODY] };
		for (let others = 1; others < EVERYBODY_MEMBERS; others++) await member(`user ${others}`, "lobby");
		await request((ack) => chat.messages.send(ada, { ...message, clientId: nextId() }, ack));
		await member("one more", "lobby");
		await request((ack) => chat.messages.send(ada, { ...message, clientId: nextId() }, ack));
		const { messages } = await store.history("lobby", { limit: 10 });
		assert.deepEqual(
			messages.map((sent) => sent.mentions),
			[[EVERYBODY], undefined],
		);
	});
});
