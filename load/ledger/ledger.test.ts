import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "../../app/protocol/log.ts";
import { type EntryKind, entryId, reactionDetail } from "./entry-kinds.ts";
import { evidenceOf, readEvidence } from "./evidence.ts";
import { writeMarker } from "./marker.ts";
import { RoomLedger } from "./room-ledger.ts";
import { settle } from "./settle.ts";

const AUTHOR = { id: "author", name: "Author" };

/** Message `n` of user 7, at `seq`. */
function message(seq: number, n = seq): Entry {
	return { kind: "message", seq, author: AUTHOR, createdAt: 0, body: text("message", n) };
}

function text(kind: "message" | "reply" | "edit", n: number): string {
	return writeMarker({ run: "run", kind, sender: 7, n, intendedUs: 1_000 * n }, "hello");
}

const USER = { id: "user7", name: "user 7" };
const edit = (seq: number, target: number): Entry => {
	return { kind: "edit", seq, target, author: USER, createdAt: 0, body: text("edit", seq) };
};
const reaction = (seq: number, target: number, on = true): Entry => {
	return { kind: "reaction", seq, target, user: USER, emoji: "👍", on, createdAt: 0 };
};
const removal = (seq: number, target: number): Entry => ({ kind: "removal", seq, target, by: USER, createdAt: 0 });
const erased = (seq: number): Entry => ({ kind: "erased", seq, createdAt: 0 });
const idOf = (kind: EntryKind, detail: number) => entryId(7, kind, detail);

function acknowledged(ledger: RoomLedger, upTo: number): void {
	for (let n = 1; n <= upTo; n++) ledger.acknowledge(n, idOf("message", n));
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
	...settle([]),
	acked: 3,
	members: 2,
	owed: 6,
	delivered: 6,
	lost: 0,
	duplicated: 0,
	outOfOrder: 0,
	altered: 0,
	kinds: { message: { acked: 3, delivered: 6, lost: 0 } },
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
	ledger.acknowledge(1, entryId(8, "message", 1));
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

/** A room in which one message was edited, reacted to and removed, with all acks. */
function changedRoom(): { ledger: RoomLedger; entries: Entry[] } {
	const ledger = new RoomLedger("room", "run");
	ledger.acknowledge(1, idOf("message", 1));
	ledger.acknowledge(2, idOf("edit", 2));
	ledger.acknowledge(3, idOf("reaction", reactionDetail(1, "👍", true)!));
	ledger.acknowledge(4, idOf("reaction", reactionDetail(1, "👍", false)!));
	ledger.acknowledge(5, idOf("removal", 1));
	return { ledger, entries: [message(1), edit(2, 1), reaction(3, 1), reaction(4, 1, false), removal(5, 1)] };
}

test("edits, reactions and removals are accounted for as messages are, by their kinds", () => {
	const { ledger, entries } = changedRoom();
	deliverAll(ledger, ledger.join(0, 0), entries);
	deliverAll(ledger, ledger.join(1, 0), [entries[0]!, entries[2]!, entries[3]!]);
	const { altered, duplicated, lost, kinds, faults } = settle([evidenceOf(ledger)]);
	assert.deepEqual({ altered, duplicated, lost }, { altered: 0, duplicated: 0, lost: 2 });
	assert.deepEqual(kinds, {
		message: { acked: 1, delivered: 2, lost: 0 },
		edit: { acked: 1, delivered: 1, lost: 1 },
		reaction: { acked: 2, delivered: 4, lost: 0 },
		removal: { acked: 1, delivered: 1, lost: 1 },
	});
	assert.deepEqual(faults, [
		"room: seq 2 (edit) was not delivered to user 1",
		"room: everything from seq 5 to 5 was not delivered to user 1",
	]);
});

test("a reaction under two seqs is duplicated, and an ack that names another entry is altered", () => {
	const { ledger, entries } = changedRoom();
	deliverAll(ledger, ledger.join(0, 0), [...entries.slice(0, 4), reaction(5, 1), removal(6, 1)]);
	const { duplicated, altered, faults } = settle([evidenceOf(ledger)]);
	assert.deepEqual({ duplicated, altered }, { duplicated: 1, altered: 1 });
	assert.match(faults.join(), /the ack of a removal of user 7 named seq 5, which is a reaction of user 7/);
});

test("a reply without its reference, and a reaction with another emoji, are altered", () => {
	const ledger = new RoomLedger("room", "run");
	const reader = ledger.join(0, 0);
	ledger.deliver(reader, { ...message(1), body: text("reply", 1), reply: 1, root: 1 } as Entry);
	assert.equal(ledger.altered, 0);
	ledger.deliver(reader, { ...message(2), body: text("reply", 2) } as Entry);
	assert.equal(ledger.altered, 1);
	const other = ledger.join(1, 2);
	ledger.deliver(reader, reaction(3, 1));
	ledger.deliver(other, { ...reaction(3, 1), emoji: "🎉" } as Entry);
	assert.equal(ledger.altered, 2);
});

test("C2 what was replayed after an edit and a removal may differ from the first copy, and nothing else may", () => {
	const { ledger, entries } = changedRoom();
	deliverAll(ledger, ledger.join(0, 0), entries);
	// As the log reads between the edit and the removal, and after it.
	deliverAll(ledger, ledger.join(1, 0), [{ ...message(1), body: text("edit", 2) } as Entry, ...entries.slice(1)]);
	deliverAll(ledger, ledger.join(2, 0), [...[1, 2, 3, 4].map(erased), entries[4]!]);
	assert.deepEqual(settle([evidenceOf(ledger)]).altered, 0);
	const untouched = new RoomLedger("room", "run");
	untouched.deliver(untouched.join(0, 0), message(1));
	untouched.deliver(untouched.join(1, 0), erased(1));
	assert.equal(settle([evidenceOf(untouched)]).altered, 1);
});

test("C2 a message that first arrives with the text of its edit is not that edit under an earlier seq", () => {
	const { ledger, entries } = changedRoom();
	deliverAll(ledger, ledger.join(0, 0), [{ ...message(1), body: text("edit", 2) } as Entry, ...entries.slice(1)]);
	const { duplicated, altered, lost } = settle([evidenceOf(ledger)]);
	assert.deepEqual({ duplicated, altered, lost }, { duplicated: 0, altered: 0, lost: 0 });
});

test("an entry that carries no send time has the one that was expected", () => {
	const ledger = new RoomLedger("room", "run");
	ledger.expect(idOf("reaction", reactionDetail(1, "👍", true)!), 70);
	ledger.expect(idOf("removal", 1), 80);
	const [first, second] = [ledger.join(0, 0), ledger.join(1, 0)];
	for (const reader of [first, second]) {
		assert.deepEqual(
			[message(1), reaction(2, 1), removal(3, 1)].map((entry) => ledger.deliver(reader, entry)),
			[1_000, 70, 80],
		);
	}
});

test("a change of a removed message is refused too late, and one of a message that is there is a fault", () => {
	const { ledger, entries } = changedRoom();
	deliverAll(ledger, ledger.join(0, 0), entries);
	ledger.notFound.push(1, 2);
	const { tooLate, refused, faults } = settle([evidenceOf(ledger)]);
	assert.deepEqual({ tooLate, refused }, { tooLate: 1, refused: 1 });
	assert.match(faults.join(), /a change of the message at seq 2 was refused, which nobody removed/);
});

function deliverAll(ledger: RoomLedger, reader: ReturnType<RoomLedger["join"]>, entries: Entry[]): void {
	for (const entry of entries) ledger.deliver(reader, entry);
}

function pick({ lost, delivered, duplicated, outOfOrder, altered }: typeof CLEAN) {
	return { lost, delivered, duplicated, outOfOrder, altered };
}
