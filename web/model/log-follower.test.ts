import assert from "node:assert/strict";
import { test } from "node:test";
import { LogFollower } from "./log-follower.ts";
import { said, saidAll } from "./testing/entries.ts";

const seqs = (entries: { seq: number }[]) => entries.map(({ seq }) => seq);

function startedAt(seq: number): LogFollower {
	const log = new LogFollower();
	log.start({ epoch: "e", seq });
	return log;
}

test("M5 what is in order is taken at once, and each entry once", () => {
	const log = startedAt(3);
	assert.deepEqual(seqs(log.take(saidAll(3, 5))), [4, 5]);
	assert.deepEqual(seqs(log.take(saidAll(1, 5))), []);
	assert.deepEqual(log.cursor, { epoch: "e", seq: 5 });
	assert.equal(log.hasHole, false);
});

test("M5 what follows a hole waits until it is filled", () => {
	const log = startedAt(3);
	assert.deepEqual(seqs(log.take([said(6), said(7)])), []);
	assert.equal(log.hasHole, true);
	assert.deepEqual(seqs(log.take([said(4)])), [4]);
	assert.equal(log.hasHole, true);
	assert.deepEqual(seqs(log.take([said(5)])), [5, 6, 7]);
	assert.equal(log.hasHole, false);
});

test("what arrives before the join's answer is kept for its turn", () => {
	const log = new LogFollower();
	assert.deepEqual(log.take([said(4), said(5), said(6)]), []);
	assert.equal(log.hasHole, false, "nothing is known to be missing yet");
	assert.deepEqual(seqs(log.start({ epoch: "e", seq: 4 })), [5, 6]);
	assert.equal(log.cursor?.seq, 6);
});

test("in another epoch the same numbers mean something else", () => {
	const log = startedAt(3);
	log.take([said(5)]);
	assert.deepEqual(log.start({ epoch: "f", seq: 4 }), []);
	assert.deepEqual(log.cursor, { epoch: "f", seq: 4 });
	assert.equal(log.hasHole, false);
});

test("an entry of a kind that is not known counts", () => {
	const log = startedAt(0);
	const unknown = { kind: "pin", seq: 1, createdAt: 1 } as never;
	assert.equal(log.take([unknown, said(2)]).length, 2);
	assert.equal(log.cursor?.seq, 2);
});

test("what waits behind a hole is bounded, and still known to be missing", () => {
	const log = startedAt(0);
	log.take(saidAll(2, 2_000));
	assert.equal(log.take([said(1)]).length, 501);
	assert.equal(log.hasHole, true);
	assert.equal(log.take(saidAll(502, 2_000)).length, 1_499);
	assert.equal(log.hasHole, false);
});

test("to learn how far the log reaches is to learn of a hole", () => {
	const log = startedAt(3);
	log.reaches(4);
	assert.equal(log.hasHole, true);
});
