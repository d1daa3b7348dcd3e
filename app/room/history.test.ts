import assert from "node:assert/strict";
import { test } from "node:test";
import { openDomain, refusalOf } from "../testing/domain.ts";

const seqsOf = (list: readonly { seq: number }[]) => list.map(({ seq }) => seq);

test("M5 a member reads pages of messages and of the log", async () => {
	const { chat, member, store } = openDomain();
	store.commit("lobby", 150);
	const ada = await member("ada", "lobby");
	const newest = await chat.history.messages(ada, { room: "lobby" });
	assert.ok(newest.ok);
	assert.deepEqual([newest.data.messages.length, newest.data.messages[0]?.seq, newest.data.more], [100, 51, true]);
	const older = await chat.history.messages(ada, { room: "lobby", before: 4, limit: 10 });
	assert.ok(older.ok);
	assert.deepEqual([seqsOf(older.data.messages), older.data.more], [[1, 2, 3], false]);
	const since = await chat.history.since(ada, "lobby", 148);
	assert.deepEqual(since.ok && { ...since.data, entries: seqsOf(since.data.entries) }, {
		entries: [149, 150],
		more: false,
	});
});

test("R3 a room that the connection is not in can't be read, and takes no token", async () => {
	const { chat, member, store } = openDomain({ limits: { reads: { perSecond: 1, burst: 1 } } });
	store.commit("attic", 1);
	const ada = await member("ada", "lobby");
	for (const _ of [1, 2, 3])
		assert.equal(refusalOf(await chat.history.messages(ada, { room: "attic" })), "not_found room");
	assert.equal(refusalOf(await chat.history.since(ada, "attic", 0)), "not_found room");
	assert.ok((await chat.history.since(ada, "lobby", 0)).ok);
});

test("L1 pages of messages and of the log share one rate per user", async () => {
	const { chat, member, clock } = openDomain({ limits: { reads: { perSecond: 10, burst: 2 } } });
	const ada = await member("ada", "lobby");
	assert.ok((await chat.history.messages(ada, { room: "lobby" })).ok);
	assert.ok((await chat.history.since(ada, "lobby", 0)).ok);
	const ack = await chat.history.messages(ada, { room: "lobby" });
	assert.deepEqual(!ack.ok && [ack.error.code, ack.error.retryAfterMs], ["rate_limited", 100]);
	clock.advance(100);
	assert.ok((await chat.history.since(ada, "lobby", 0)).ok);
});

test("C8 a member reads the messages around a seq or a time", async () => {
	const { chat, member, store } = openDomain();
	store.commit("lobby", 150);
	const ada = await member("ada", "lobby");
	const around = await chat.history.around(ada, { room: "lobby", seq: 100, limit: 10 });
	assert.ok(around.ok);
	const { messages, more, moreAfter, seq } = around.data;
	assert.deepEqual(
		[seqsOf(messages), more, moreAfter, seq],
		[[95, 96, 97, 98, 99, 100, 101, 102, 103, 104], true, true, 150],
	);
	const later = await chat.history.around(ada, { room: "lobby", at: 149, limit: 4 });
	assert.deepEqual(later.ok && seqsOf(later.data.messages), [147, 148, 149, 150]);
});

test("C8 R3 what is not in the room's log is not found", async () => {
	const { chat, member, store } = openDomain();
	store.commit("lobby", 5);
	const ada = await member("ada", "lobby");
	assert.equal(refusalOf(await chat.history.around(ada, { room: "lobby", seq: 6 })), "not_found seq");
	assert.equal(refusalOf(await chat.history.around(ada, { room: "attic", seq: 1 })), "not_found room");
});
