import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { JOIN_MESSAGES, RESUME_ENTRIES } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/log.ts";
import type { Message } from "../../protocol/message.ts";
import { KEPT_MESSAGES } from "./newest-messages.ts";
import { TAIL_ENTRIES, Tail } from "./tail.ts";

const author = { id: "a", name: "Ada" };
const ben = { id: "b", name: "Ben" };
const sent = (seq: number): Entry & { kind: "message" } => ({
	kind: "message",
	seq,
	author,
	createdAt: seq,
	body: `${seq}`,
});
const message = (seq: number): Message => ({ seq, rev: seq, author, createdAt: seq, body: `${seq}` });
const removal = (seq: number, target: number): Entry => ({ kind: "removal", seq, target, createdAt: seq });
const edit = (seq: number, target: number): Entry => ({
	kind: "edit",
	seq,
	target,
	author,
	body: "new",
	createdAt: seq,
});
const reaction = (seq: number, target: number): Entry => ({
	kind: "reaction",
	seq,
	target,
	user: ben,
	emoji: "👍",
	on: true,
	createdAt: seq,
});
const erased = (seq: number): Entry => ({ kind: "erased", seq, createdAt: seq });
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const cursor = (seq: number, epoch = "e") => ({ epoch, seq });

/** Returns the tail of a room with messages only, as it is after the room was opened. */
function tailOf(seq: number, floor = 0): Tail {
	const newest = range(Math.max(floor + 1, seq - KEPT_MESSAGES + 1), seq);
	return new Tail({
		epoch: "e",
		seq,
		floor,
		entries: range(Math.max(floor + 1, seq - TAIL_ENTRIES + 1), seq).map(sent),
		messages: newest.map(message),
		more: (newest[0] ?? 1) > floor + 1,
	});
}
const seqs = (list: readonly { seq: number }[] | undefined) => list?.map(({ seq }) => seq);

describe("the slice of a join", () => {
	test("M3 that of an empty room has no messages", () => {
		assert.deepEqual(tailOf(0).sliceNewest(false), { epoch: "e", seq: 0, gap: false, messages: [] });
	});

	test("it has the newest 50 messages, from memory", () => {
		const tail = tailOf(60);
		assert.deepEqual(seqs(tail.sliceNewest(false)?.messages), range(11, 60));
		tail.append(range(61, 400).map(sent));
		assert.deepEqual(seqs(tail.sliceNewest(false)?.messages), range(351, 400));
	});

	test("C1 its messages are in their current state, also where the tail has none of them any more", () => {
		const tail = tailOf(60);
		tail.append([edit(61, 60), ...range(62, 500).map((seq) => (seq % 2 === 0 ? reaction(seq, 59) : edit(seq, 60)))]);
		const messages = tail.sliceNewest(false)?.messages;
		assert.deepEqual(seqs(messages), range(11, 60));
		assert.deepEqual(messages?.at(-1), { ...message(60), rev: 499, body: "new", editedAt: 499 });
		assert.deepEqual([messages?.at(-2)?.rev, messages?.at(-2)?.reactions?.length], [500, 1]);
	});

	test("M6 a removed message is absent", () => {
		const tail = tailOf(3);
		tail.append([removal(4, 2)]);
		assert.deepEqual(seqs(tail.sliceNewest(false)?.messages), [1, 3]);
	});

	test("M6 where removals leave too few messages, older ones come from the store", () => {
		const tail = tailOf(200);
		tail.append(range(201, 300).map((seq) => removal(seq, seq - 100)));
		assert.equal(tail.sliceNewest(false), undefined);
		assert.ok(tail.refill(300, range(21, 100).map(message), true));
		const slice = tail.sliceNewest(true);
		assert.deepEqual([seqs(slice?.messages), slice?.gap], [range(51, 100), true]);
		assert.equal(slice?.messages?.length, JOIN_MESSAGES);
	});

	test("C1 what was appended while the store was read is applied to what was read, unless that has it already", () => {
		const tail = tailOf(10);
		tail.append([reaction(11, 9), removal(12, 3), sent(13), edit(14, 10)]);
		const [one, two] = [message(9), message(10)];
		const ahead = { ...one, rev: 11, reactions: [{ emoji: "👍", count: 1, users: [ben] }] };
		assert.ok(tail.refill(10, [message(3), ahead, two], false));
		const messages = tail.sliceNewest(false)?.messages;
		assert.deepEqual(messages, [ahead, { ...two, rev: 14, body: "new", editedAt: 14 }, message(13)]);
	});

	test("a read from the store is not used once entries after it have left the tail", () => {
		const tail = tailOf(300);
		tail.append(range(301, 301 + TAIL_ENTRIES).map(sent));
		assert.equal(tail.refill(300, [], false), false);
		assert.deepEqual(seqs(tail.sliceNewest(false)?.messages)?.at(-1), 301 + TAIL_ENTRIES);
	});
});

describe("the slice of a resume", () => {
	test("M5 it has every entry after the cursor", () => {
		const tail = tailOf(60);
		tail.append([sent(61), sent(62)]);
		assert.deepEqual(seqs(tail.sliceAfter(cursor(58))?.entries), [59, 60, 61, 62]);
		assert.deepEqual(tail.sliceAfter(cursor(62))?.entries, []);
	});

	test("a client with another epoch, or ahead of the log, starts over", () => {
		assert.equal(tailOf(60).isGap(cursor(60)), false);
		assert.equal(tailOf(60).isGap(cursor(60, "other")), true);
		assert.equal(tailOf(60).isGap(cursor(61)), true);
	});

	test("a client more than 2,000 entries behind starts over, one 2,000 behind does not", () => {
		const tail = tailOf(3_000);
		assert.equal(RESUME_ENTRIES, 2_000);
		assert.equal(tail.isGap(cursor(1_000)), false);
		assert.equal(tail.isGap(cursor(999)), true);
	});

	test("a client behind the floor of retention starts over, and a join has nothing from before it", () => {
		const tail = tailOf(100, 90);
		assert.equal(tail.isGap(cursor(90)), false);
		assert.equal(tail.isGap(cursor(89)), true);
		tail.prune(95);
		assert.equal(tail.isGap(cursor(93)), true);
		assert.deepEqual(seqs(tail.sliceNewest(false)?.messages), range(95, 100));
	});

	test("M6 a change of a message that retention removed is erased", () => {
		const tail = tailOf(3);
		tail.append([edit(4, 1), reaction(5, 3), removal(6, 2)]);
		tail.raiseFloor(1);
		assert.deepEqual(tail.sliceAfter(cursor(3))?.entries, [erased(4), reaction(5, 3), removal(6, 2)]);
	});

	test("entries read from the store are joined with those appended during the read", () => {
		const tail = tailOf(300);
		assert.equal(tail.sliceAfter(cursor(100)), undefined);
		const read = range(101, 301).map(sent); // the store was ahead of the tail
		tail.append(range(301, 303).map(sent));
		assert.deepEqual(seqs(tail.sliceAfter(cursor(100), read)?.entries), range(101, 303));
	});

	test("C2 M6 what was edited or removed during a read from the store has no former text", () => {
		const tail = tailOf(300);
		const read = [...range(101, 298).map(sent), edit(299, 103), erased(300)];
		tail.append([edit(301, 102), edit(302, 103), removal(303, 104)]);
		const { entries = [] } = tail.sliceAfter(cursor(100), read) ?? {};
		assert.deepEqual(entries.slice(0, 5), [
			sent(101),
			{ ...sent(102), body: "new" },
			{ ...sent(103), body: "new" },
			erased(104),
			sent(105),
		]);
		assert.deepEqual(entries.slice(-5), [erased(299), erased(300), edit(301, 102), edit(302, 103), removal(303, 104)]);
	});

	test("a read from the store is not used once the tail begins after its last entry", () => {
		const tail = tailOf(300);
		const read = range(101, 300).map(sent);
		tail.append(range(301, 301 + TAIL_ENTRIES).map(sent));
		assert.equal(tail.sliceAfter(cursor(100), read), undefined);
	});

	test("M6 a removed message and its changes are erased", () => {
		const tail = tailOf(3);
		tail.append([edit(4, 2), reaction(5, 2), removal(6, 2)]);
		assert.deepEqual(tail.sliceAfter(cursor(1))?.entries, [erased(2), sent(3), erased(4), erased(5), removal(6, 2)]);
	});

	test("C2 an edited message has its new text, and a former edit is erased", () => {
		const tail = tailOf(2);
		tail.append([edit(3, 2), { ...edit(4, 2), mentions: ["b"] } as Entry]);
		assert.deepEqual(tail.sliceAfter(cursor(1))?.entries, [
			{ ...sent(2), body: "new", mentions: ["b"] },
			erased(3),
			{ ...edit(4, 2), mentions: ["b"] },
		]);
	});
});
