import assert from "node:assert/strict";
import { test } from "node:test";
import { ADA_USER, makeMessage, makeMessages, makeRemoval } from "./testing/entries.ts";
import { UnreadCounter } from "./unread.ts";

test("messages of other users are counted, without own and removed ones", () => {
	const counter = new UnreadCounter(ADA_USER.id);
	counter.receive([makeMessage(1), makeMessage(2, ADA_USER), makeMessage(3), makeRemoval(4, 1)]);
	assert.deepEqual(counter.value, { count: 1, more: false });
	assert.deepEqual(counter.first, { seq: 3, at: 3 });
	counter.clear();
	assert.deepEqual(counter.value, { count: 0, more: false });
});

test("after a reload it counts from the newest entry that was read", () => {
	const counter = new UnreadCounter(ADA_USER.id);
	counter.start({ epoch: "e", seq: 47 }, "e", makeMessages(1, 50), false);
	assert.deepEqual(counter.value, { count: 3, more: false });
	assert.deepEqual(counter.first, { seq: 48, at: 48 });
});

test("with more unread messages than loaded the count is a lower bound", () => {
	const counter = new UnreadCounter(ADA_USER.id);
	counter.start({ epoch: "e", seq: 2 }, "e", makeMessages(51, 100), true);
	assert.deepEqual(counter.value, { count: 50, more: true });
});

test("a room without a read entry, or with one of another epoch, has no unread messages", () => {
	const counter = new UnreadCounter(ADA_USER.id);
	counter.start(undefined, "e", makeMessages(1, 50), true);
	assert.equal(counter.value.count, 0);
	counter.start({ epoch: "f", seq: 1 }, "e", makeMessages(1, 50), true);
	assert.equal(counter.value.count, 0);
});

test("messages up to the one that was in view are read", () => {
	const counter = new UnreadCounter(ADA_USER.id);
	counter.start({ epoch: "e", seq: 2 }, "e", makeMessages(51, 100), true);
	counter.readUpTo(60);
	assert.deepEqual(counter.value, { count: 40, more: false });
	assert.equal(counter.first?.seq, 61);
	counter.readUpTo(100);
	assert.equal(counter.first, undefined);
});
