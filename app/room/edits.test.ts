import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BANNED_WORD, flushPromises, openDomain, refusalOf, request } from "../testing/domain.ts";
import type { Connection } from "./ports/broadcast.ts";

function openEdits(options?: Parameters<typeof openDomain>[0]) {
	const domain = openDomain(options);
	const { chat, nextId } = domain;
	const edit = (user: Connection, target: number, body: string, clientId = nextId()) =>
		request((reply) => chat.edits.edit(user, { room: "lobby", target, clientId, body }, reply));
	return { ...domain, edit };
}

describe("editing", () => {
	test("C2 an author edits a message, and the edit is an entry of the log", async () => {
		const { member, send, edit, entries, store } = openEdits();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "helo");
		const ack = await edit(ada, 1, "hello");
		assert.ok(ack.ok && ack.data.seq === 2);
		await flushPromises();
		assert.deepEqual(entries(), ["1 helo", "2 hello"]);
		const { messages } = await store.history("lobby", { limit: 1 });
		assert.deepEqual([messages[0]?.body, messages[0]?.rev], ["hello", 2]);
	});

	test("M2 a repeated edit returns the position of the first one", async () => {
		const { member, send, edit } = openEdits();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "helo");
		const first = await edit(ada, 1, "hello", "same");
		await edit(ada, 1, "hello!");
		assert.deepEqual(await edit(ada, 1, "hello", "same"), first);
	});

	test("C2 somebody else's message, a missing one and one that is too old are refused", async () => {
		const { member, send, edit, clock } = openEdits({ limits: { editMinutes: 90 } });
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		assert.equal(refusalOf(await edit(await member("ben", "lobby"), 1, "mine")), "forbidden target");
		assert.equal(refusalOf(await edit(ada, 7, "hello")), "not_found target");
		clock.advance(90 * 60_000 + 1);
		const late = await edit(ada, 1, "hullo");
		assert.match(late.ok ? "" : late.error.message, /for 90 minutes/);
	});

	test("C2 EDIT_MINUTES=0 has no limit of time", async () => {
		const { member, send, edit, clock } = openEdits({ limits: { editMinutes: 0 } });
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		clock.advance(365 * 24 * 3_600_000);
		assert.ok((await edit(ada, 1, "hullo")).ok);
	});

	test("R3 A5 L1 an edit has the same limits as a message, and a rate of its own", async () => {
		const { chat, member, connect, send, edit } = openEdits({
			limits: { bodyChars: 10, edits: { perSecond: 1, burst: 2 } },
		});
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		assert.equal(refusalOf(await edit(connect("ben"), 1, "hello")), "not_found room");
		assert.equal(refusalOf(await edit(ada, 1, "x".repeat(11))), "too_long body");
		assert.equal(refusalOf(await edit(ada, 1, BANNED_WORD)), "bad_request body");
		assert.ok((await edit(ada, 1, "one")).ok);
		assert.equal(refusalOf(await edit(ada, 1, "two")), "rate_limited");
		await chat.moderation.closeRoom("lobby", {});
		assert.equal(refusalOf(await edit(ada, 1, "three")), "forbidden room");
	});
});
