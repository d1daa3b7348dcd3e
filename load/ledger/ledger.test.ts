import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "../../app/protocol/log.ts";
import { evidenceOf, readEvidence } from "./evidence.ts";
import { messageId, writeMarker } from "./marker.ts";
import { RoomLedger } from "./room-ledger.ts";
import { settle } from "./settle.ts";

const AUTHOR = { id: "author", name: "Author" };

/** Message `n` of user 7, at `seq`. */
function message(seq: number, n = seq): Entry {
	const body = writeMarker({ run: "run", sender: 7, n, intendedUs: 1_000 * n }, "hello");
	return { kind: "message", seq, author: AUTHOR, createdAt: 0, body };
}

function acknowledged(ledger: RoomLedger, upTo: number): void {
	for (let n = 1; n <= upTo; n++) ledger.acknowledge(n, messageId({ sender: 7, n }));
}

/** Returns the accounting of one room after each of two members received these entries, of three that were acknowledged. */
function settledAfter(first: Entry[], second: Entry[]) {
	const ledger = new RoomLedger("room", "run");
	acknowledged(ledger, 3);
	for (const [user, entries] of [first, second].entries()) {
		const reader = ledger.join(user, 0);
		for (const entry of entries) ledger.deliver(reader, entry);
	}
	return settle([evidenceOf(ledger)]);
}

const ALL = [message(1), message(2), message(3)];
const CLEAN = {
	acked: 3,
	members: 2,
	owed: 6,
	delivered: 6,
	lost: 0,
	duplicated: 0,
	outOfOrder: 0,
	altered: 0,
	faults: [],
};

test("entries received by all members once and in order have no faults", () => {
	assert.deepEqual(settledAfter(ALL, ALL), CLEAN);
});

test("a hole is a loss, in the middle and at the end", () => {
	const { lost, delivered, owed, duplicated, outOfOrder, faults } = settledAfter(
		[message(1), message(3)],
		[message(1)],
	);
	assert.deepEqual(
		{ lost, delivered, owed, duplicated, outOfOrder },
		{ lost: 3, delivered: 3, owed: 6, duplicated: 0, outOfOrder: 0 },
	);
	assert.deepEqual(faults, [
		"room: seq 2 was not delivered to user 0",
		"room: everything from seq 2 to 3 was not delivered to user 1",
	]);
});

test("an entry received twice is duplicated, and nothing else", () => {
	const { lost, delivered, duplicated, outOfOrder, altered } = settledAfter([...ALL, message(2)], ALL);
	assert.deepEqual({ lost, delivered, duplicated, outOfOrder, altered }, { ...pick(CLEAN), duplicated: 1 });
});

test("two entries in the wrong order are one out of order, and none lost", () => {
	const { lost, delivered, duplicated, outOfOrder, altered } = settledAfter([message(2), message(1), message(3)], ALL);
	assert.deepEqual({ lost, delivered, duplicated, outOfOrder, altered }, { ...pick(CLEAN), outOfOrder: 1 });
});

test("a message under two seqs is duplicated for each member that received both", () => {
	const accounting = settledAfter([...ALL, message(4, 1)], [...ALL, message(4, 1)]);
	assert.equal(accounting.duplicated, 2);
	assert.equal(accounting.lost, 0);
});

test("different texts under one seq, and an ack that names another message, are altered", () => {
	assert.equal(settledAfter(ALL, [message(1), message(2, 9), message(3)]).altered, 1);

	const ledger = new RoomLedger("room", "run");
	const reader = ledger.join(0, 0);
	ledger.deliver(reader, message(1));
	ledger.acknowledge(1, messageId({ sender: 8, n: 1 }));
	assert.equal(settle([evidenceOf(ledger)]).altered, 1);
});

test("a member who joined late or left early is owed only what was sent in between", () => {
	const ledger = new RoomLedger("room", "run");
	const late = ledger.join(0, 2);
	const early = ledger.join(1, 0);
	ledger.deliver(early, message(1));
	early.present = false;
	ledger.deliver(late, message(3));
	acknowledged(ledger, 3);
	const { owed, delivered, lost } = settle([evidenceOf(ledger)]);
	assert.deepEqual({ owed, delivered, lost }, { owed: 2, delivered: 2, lost: 0 });
});

test("one thread's ack makes a loss of what another thread's members did not receive", () => {
	const senders = new RoomLedger("room", "run");
	const readers = new RoomLedger("room", "run");
	acknowledged(senders, 3);
	const reader = readers.join(0, 0);
	deliverAll(readers, reader, [message(1), message(2)]);
	const carried = [senders, readers].map((ledger) => readEvidence(JSON.parse(JSON.stringify(evidenceOf(ledger)))));
	const { acked, owed, lost } = settle(carried);
	assert.deepEqual({ acked, owed, lost }, { acked: 3, owed: 3, lost: 1 });
});

test("a room has caught up when the present members have everything, also up to the heads of other threads", () => {
	const ledger = new RoomLedger("room", "run");
	const reader = ledger.join(0, 0);
	ledger.deliver(reader, message(1));
	assert.equal(ledger.caughtUp, true);
	ledger.headElsewhere = 2;
	assert.equal(ledger.caughtUp, false);
	ledger.deliver(reader, message(2));
	assert.equal(ledger.caughtUp, true);
});

test("absurd seqs of a server cost neither memory nor time", () => {
	const ledger = new RoomLedger("room", "run");
	const reader = ledger.join(0, 0);
	ledger.deliver(reader, message(1));
	ledger.deliver(reader, message(9_000_000_000_000_000, 2));
	const { lost, altered } = settle([evidenceOf(ledger)]);
	assert.equal(lost, 9_000_000_000_000_000 - 2);
	assert.equal(altered, 1);
});

function deliverAll(ledger: RoomLedger, reader: ReturnType<RoomLedger["join"]>, entries: Entry[]): void {
	for (const entry of entries) ledger.deliver(reader, entry);
}

function pick({ lost, delivered, duplicated, outOfOrder, altered }: typeof CLEAN) {
	return { lost, delivered, duplicated, outOfOrder, altered };
}
