import assert from "node:assert/strict";
import { test } from "node:test";
import { ADA, removed, said, saidAll } from "./testing/entries.ts";
import { UnreadCounter } from "./unread.ts";

test("messages of others are counted, one's own are not, and removed ones no more", () => {
	const counter = new UnreadCounter(ADA.id);
	counter.take([said(1), said(2, ADA), said(3), removed(4, 1)]);
	assert.deepEqual(counter.value, { count: 1, more: false });
	assert.equal(counter.first, 3);
	counter.clear();
	assert.deepEqual(counter.value, { count: 0, more: false });
});

test("after a reload it counts on from what was read", () => {
	const counter = new UnreadCounter(ADA.id);
	counter.start({ epoch: "e", seq: 47 }, "e", saidAll(1, 50), false);
	assert.deepEqual(counter.value, { count: 3, more: false });
	assert.equal(counter.first, 48);
});

test("more than can be seen is at least that many", () => {
	const counter = new UnreadCounter(ADA.id);
	counter.start({ epoch: "e", seq: 2 }, "e", saidAll(51, 100), true);
	assert.deepEqual(counter.value, { count: 50, more: true });
});

test("a room that was never read here, or in another epoch, begins read", () => {
	const counter = new UnreadCounter(ADA.id);
	counter.start(undefined, "e", saidAll(1, 50), true);
	assert.equal(counter.value.count, 0);
	counter.start({ epoch: "f", seq: 1 }, "e", saidAll(1, 50), true);
	assert.equal(counter.value.count, 0);
});
