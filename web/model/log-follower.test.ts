import assert from "node:assert/strict";
import { test } from "node:test";
import { LogFollower } from "./log-follower.ts";
import { makeMessage, makeMessages } from "./testing/entries.ts";

const seqs = (entries: { seq: number }[]) => entries.map(({ seq }) => seq);

function startedAt(seq: number): LogFollower {
	const log = new LogFollower();
	log.start({ epoch: "e", seq });
	return log;
}

test("M5 entries in order are returned at once, each once", () => {
	const log = startedAt(3);
	assert.deepEqual(seqs(log.receive(makeMessages(3, 5))), [4, 5]);
	assert.deepEqual(seqs(log.receive(makeMessages(1, 5))), []);
	assert.deepEqual(log.cursor, { epoch: "e", seq: 5 });
	assert.equal(log.hasGap, false);
});

test("M5 entries behind a gap wait until it is filled", () => {
	const log = startedAt(3);
	assert.deepEqual(seqs(log.receive([makeMessage(6), makeMessage(7)])), []);
	assert.equal(log.hasGap, true);
	assert.deepEqual(seqs(log.receive([makeMessage(4)])), [4]);
	assert.equal(log.hasGap, true);
	assert.deepEqual(seqs(log.receive([makeMessage(5)])), [5, 6, 7]);
	assert.equal(log.hasGap, false);
});

test("entries that arrive before the join's ack are kept", () => {
	const log = new LogFollower();
	assert.deepEqual(log.receive([makeMessage(4), makeMessage(5), makeMessage(6)]), []);
	assert.equal(log.hasGap, false, "nothing is known to be missing yet");
	assert.deepEqual(seqs(log.start({ epoch: "e", seq: 4 })), [5, 6]);
	assert.equal(log.cursor?.seq, 6);
});

test("entries of another epoch are dropped", () => {
	const log = startedAt(3);
	log.receive([makeMessage(5)]);
	assert.deepEqual(log.start({ epoch: "f", seq: 4 }), []);
	assert.deepEqual(log.cursor, { epoch: "f", seq: 4 });
	assert.equal(log.hasGap, false);
});

test("an entry of an unknown kind counts", () => {
	const log = startedAt(0);
	const unknown = { kind: "pin", seq: 1, createdAt: 1 } as never;
	assert.equal(log.receive([unknown, makeMessage(2)]).length, 2);
	assert.equal(log.cursor?.seq, 2);
});

test("the number of entries kept behind a gap is limited, and dropped ones still count as missing", () => {
	const log = startedAt(0);
	log.receive(makeMessages(2, 2_000));
	assert.equal(log.receive([makeMessage(1)]).length, 501);
	assert.equal(log.hasGap, true);
	assert.equal(log.receive(makeMessages(502, 2_000)).length, 1_499);
	assert.equal(log.hasGap, false);
});

test("a noted head after the cursor is a gap", () => {
	const log = startedAt(3);
	log.noteHead(4);
	assert.equal(log.hasGap, true);
});
