import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { messageAt } from "../../testing/memory-store.ts";
import { ReorderBuffer } from "./reorder-buffer.ts";

const add = (buffer: ReorderBuffer, ...seqs: number[]) => buffer.add(seqs.map(messageAt));
const take = (buffer: ReorderBuffer, seq: number) => buffer.take(seq).map((entry) => entry.seq);

describe("the reorder buffer", () => {
	test("M5 entries are taken in order, up to the next gap", () => {
		const buffer = new ReorderBuffer();
		add(buffer, 5, 3);
		add(buffer, 7, 4);
		assert.deepEqual(take(buffer, 1), []);
		assert.deepEqual(take(buffer, 2), [3, 4, 5]);
		assert.deepEqual([buffer.isEmpty, buffer.head], [false, 7]);
		assert.deepEqual([...take(buffer, 6), buffer.isEmpty, buffer.head], [7, true, 0]);
	});

	test("M5 entries before the taken ones are discarded", () => {
		const buffer = new ReorderBuffer();
		add(buffer, 1, 2, 3);
		assert.deepEqual([...take(buffer, 3), buffer.isEmpty], [true]);
	});

	test("the buffer is bounded", () => {
		const buffer = new ReorderBuffer();
		for (let seq = 2; seq < 10_000; seq++) add(buffer, seq);
		assert.equal(take(buffer, 1).length, 2_048);
	});
});
