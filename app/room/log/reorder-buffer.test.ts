import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { messageAt } from "../../testing/log-of-rooms.ts";
import { ReorderBuffer } from "./reorder-buffer.ts";

const put = (ahead: ReorderBuffer, ...seqs: number[]) => ahead.put(seqs.map(messageAt));
const take = (ahead: ReorderBuffer, seq: number) => ahead.take(seq).map((entry) => entry.seq);

describe("entries that are ahead of those that they follow", () => {
	test("M5 they come out in order, up to the next hole", () => {
		const ahead = new ReorderBuffer();
		put(ahead, 5, 3);
		put(ahead, 7, 4);
		assert.deepEqual(take(ahead, 1), []);
		assert.deepEqual(take(ahead, 2), [3, 4, 5]);
		assert.deepEqual([ahead.isEmpty, ahead.head], [false, 7]);
		assert.deepEqual([...take(ahead, 6), ahead.isEmpty, ahead.head], [7, true, 0]);
	});

	test("M5 what was told already is forgotten", () => {
		const ahead = new ReorderBuffer();
		put(ahead, 1, 2, 3);
		assert.deepEqual([...take(ahead, 3), ahead.isEmpty], [true]);
	});

	test("only so many wait", () => {
		const ahead = new ReorderBuffer();
		for (let seq = 2; seq < 10_000; seq++) put(ahead, seq);
		assert.equal(take(ahead, 1).length, 2_048);
	});
});
