import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeFrame } from "../../kit/wire.ts";
import { ReferenceStream } from "./reference-stream.ts";

const TEXTS = ["first", "x".repeat(200), "y".repeat(70_000), "last"];
const FRAMES = TEXTS.map((payload) => encodeFrame({ payload, isMasked: false }));
const NUMBERS = [[0], [1, 2], [3], [4]];
const STREAM = Buffer.concat(FRAMES);

function record(): ReferenceStream {
	const reference = new ReferenceStream();
	for (const [i, frame] of FRAMES.entries()) reference.add(NUMBERS[i]![0]!, frame, 0, frame.length, NUMBERS[i]!);
	return reference;
}

function match(position: number, bytes: Buffer, reference = record()): { length: number; received: number[] } {
	const received: number[] = [];
	const length = reference.match(position, bytes, 0, bytes.length, (numbers) => received.push(...numbers));
	return { length, received };
}

test("matches the same bytes, all frames at once", () => {
	assert.deepEqual(match(0, STREAM), { length: STREAM.length, received: [0, 1, 2, 3, 4] });
});

test("matches the whole frames of a chunk that ends within a frame", () => {
	assert.deepEqual(match(0, STREAM.subarray(0, STREAM.length - 1)), {
		length: STREAM.length - 6,
		received: [0, 1, 2, 3],
	});
	assert.deepEqual(match(0, STREAM.subarray(0, 3)), { length: 0, received: [] });
});

test("matches from the start of any frame, and not from within one", () => {
	const first = FRAMES[0]!.length;
	assert.deepEqual(match(1, STREAM.subarray(first)), { length: STREAM.length - first, received: [1, 2, 3, 4] });
	assert.deepEqual(match(2, STREAM.subarray(first)), { length: 0, received: [] });
	assert.deepEqual(match(5, STREAM), { length: 0, received: [] });
});

test("does not match if any byte differs", () => {
	for (const at of [0, 1, 2, 8, 300, STREAM.length - 1]) {
		const bytes = Buffer.from(STREAM);
		bytes[at]! ^= 1;
		assert.deepEqual(match(0, bytes), { length: 0, received: [] }, `byte ${at}`);
	}
});

test("matches a single frame at its position only", () => {
	for (const [i, frame] of FRAMES.entries()) {
		const position = NUMBERS[i]![0]!;
		assert.deepEqual(match(position, frame), { length: frame.length, received: NUMBERS[i] });
		assert.equal(match(position, frame.subarray(1)).length, 0);
		assert.equal(match(position + 1, frame).length, 0);
	}
});

test("keeps the first frame of a position", () => {
	const reference = new ReferenceStream();
	reference.add(0, FRAMES[0]!, 0, FRAMES[0]!.length, [0]);
	reference.add(0, FRAMES[3]!, 0, FRAMES[3]!.length, [7]);
	assert.deepEqual(match(0, FRAMES[0]!, reference).received, [0]);
});
