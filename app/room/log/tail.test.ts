import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { JOIN_MESSAGES } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/log.ts";
import type { Message } from "../../protocol/message.ts";
import { TAIL_ENTRIES, Tail } from "./tail.ts";

const author = { id: "a", name: "Ada" };
const message = (seq: number): Entry => ({ kind: "message", seq, author, createdAt: seq, body: `${seq}` });
const removal = (seq: number, target: number): Entry => ({ kind: "removal", seq, target, createdAt: seq });
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const tailOf = (seq: number, floor = 0) =>
	new Tail({
		epoch: "e",
		seq,
		floor,
		entries: range(Math.max(floor + 1, seq - TAIL_ENTRIES + 1), seq).map(message),
	});
const seqs = (list: readonly { seq: number }[] | undefined) => list?.map(({ seq }) => seq);

describe("the tail", () => {
	test("M3 the slice of an empty room has no messages", () => {
		assert.deepEqual(tailOf(0).slice(undefined), { epoch: "e", seq: 0, gap: false, messages: [] });
	});

	test("a join takes the newest 50 messages from memory", () => {
		assert.deepEqual(seqs(tailOf(60).slice(undefined)?.messages), range(11, 60));
	});

	test("M5 a resume takes every entry after its cursor", () => {
		const tail = tailOf(60);
		tail.append([message(61), message(62)]);
		assert.deepEqual(seqs(tail.slice({ epoch: "e", seq: 58 })?.entries), [59, 60, 61, 62]);
		assert.deepEqual(tail.slice({ epoch: "e", seq: 62 })?.entries, []);
	});

	for (const [why, cursor] of [
		["another epoch", { epoch: "other", seq: 60 }],
		["a cursor ahead of the log", { epoch: "e", seq: 61 }],
	] as const) {
		test(`a client with ${why} starts over`, () => {
			const slice = tailOf(60).slice(cursor);
			assert.equal(slice?.gap, true);
			assert.deepEqual(seqs(slice?.messages), range(11, 60));
		});
	}

	test("a client more than 500 entries behind starts over, one 500 behind does not", () => {
		const tail = tailOf(1_000);
		assert.equal(tail.isGap({ epoch: "e", seq: 500 }), false);
		assert.equal(tail.isGap({ epoch: "e", seq: 499 }), true);
	});

	test("a client behind the floor of retention starts over", () => {
		const tail = tailOf(100, 90);
		assert.equal(tail.isGap({ epoch: "e", seq: 90 }), false);
		assert.equal(tail.isGap({ epoch: "e", seq: 89 }), true);
		tail.prune(95);
		assert.equal(tail.isGap({ epoch: "e", seq: 93 }), true);
		assert.deepEqual(seqs(tail.slice(undefined)?.messages), range(95, 100));
	});

	test("entries read from the store are joined with those appended during the read", () => {
		const tail = tailOf(300);
		const cursor = { epoch: "e", seq: 100 };
		assert.equal(tail.slice(cursor), undefined);
		const read = range(101, 301).map(message); // the store was ahead of the tail
		tail.append(range(301, 303).map(message));
		assert.deepEqual(seqs(tail.slice(cursor, { seq: 300, entries: read })?.entries), range(101, 303));
	});

	test("a read from the store is not used once the tail begins after its last entry", () => {
		const tail = tailOf(300);
		const read = range(101, 300).map(message);
		tail.append(range(301, 301 + TAIL_ENTRIES).map(message));
		assert.equal(tail.slice({ epoch: "e", seq: 100 }, { seq: 300, entries: read }), undefined);
	});

	test("M5 a slice never has a gap: the store has the missing entries", () => {
		const tail = tailOf(60);
		tail.append([message(63), message(64)]);
		assert.equal(tail.slice({ epoch: "e", seq: 60 }), undefined);
		assert.equal(tail.slice(undefined), undefined);
		const read = range(61, 64).map(message);
		assert.deepEqual(seqs(tail.slice({ epoch: "e", seq: 60 }, { seq: 64, entries: read })?.entries), range(61, 64));
		assert.deepEqual(seqs(tail.slice({ epoch: "e", seq: 62 })?.entries), [63, 64]);
	});

	test("M6 a removed message is absent in the slice of a join, and erased in that of a resume", () => {
		const tail = tailOf(3);
		tail.append([removal(4, 2)]);
		assert.deepEqual(seqs(tail.slice(undefined)?.messages), [1, 3]);
		assert.deepEqual(tail.slice({ epoch: "e", seq: 1 })?.entries?.[0], { kind: "erased", seq: 2, createdAt: 2 });
	});

	test("M6 where removals leave too few messages in the tail, older ones come from the store", () => {
		const tail = tailOf(200);
		tail.append(range(201, 300).map((seq) => removal(seq, seq - 100)));
		assert.equal(tail.slice(undefined), undefined);
		const messages = range(51, 100).map((seq): Message => ({ seq, author, createdAt: seq, body: `${seq}` }));
		const slice = tail.slice(undefined, { seq: 300, messages });
		assert.deepEqual(seqs(slice?.messages), range(51, 100));
		assert.equal(slice?.messages?.length, JOIN_MESSAGES);
	});

	test("M6 a message that was removed after the store was read is not in the slice", () => {
		const tail = new Tail({ epoch: "e", seq: 10, floor: 0, entries: [message(10)] });
		const messages = range(1, 10).map(message) as (Entry & { kind: "message" })[];
		tail.append([removal(11, 3)]);
		assert.deepEqual(seqs(tail.slice(undefined, { seq: 10, messages })?.messages), [1, 2, 4, 5, 6, 7, 8, 9, 10]);
	});
});
