import assert from "node:assert/strict";
import { test } from "node:test";
import { frameHeader } from "../wire/frames.ts";
import { Tape } from "./tape.ts";

const PAYLOADS = ["first", "x".repeat(200), "y".repeat(70_000), "last"].map((text) => Buffer.from(text));
const NUMBERS = [[0], [1, 2], [3], [4]];
const STREAM = Buffer.concat(PAYLOADS.flatMap((payload) => [frameHeader(payload.length), payload]));

function tape(): Tape {
	const tape = new Tape();
	let position = 0;
	for (const [i, payload] of PAYLOADS.entries()) {
		tape.add(position, payload, 0, payload.length, NUMBERS[i]!);
		position += NUMBERS[i]!.length;
	}
	return tape;
}

function follow(position: number, bytes: Buffer): { length: number; heard: number[] } {
	const heard: number[] = [];
	const length = tape().follow(position, bytes, 0, bytes.length, (numbers) => heard.push(...numbers));
	return { length, heard };
}

test("the same bytes are known, all frames at once", () => {
	assert.deepEqual(follow(0, STREAM), { length: STREAM.length, heard: [0, 1, 2, 3, 4] });
});

test("of a chunk that ends within a frame, the whole frames before it are", () => {
	assert.deepEqual(follow(0, STREAM.subarray(0, STREAM.length - 1)), {
		length: STREAM.length - 6,
		heard: [0, 1, 2, 3],
	});
	assert.deepEqual(follow(0, STREAM.subarray(0, 3)), { length: 0, heard: [] });
});

test("it is followed from any frame on, and not from within one", () => {
	const first = frameHeader(5).length + 5;
	assert.deepEqual(follow(1, STREAM.subarray(first)), { length: STREAM.length - first, heard: [1, 2, 3, 4] });
	assert.deepEqual(follow(2, STREAM.subarray(first)), { length: 0, heard: [] });
	assert.deepEqual(follow(5, STREAM), { length: 0, heard: [] });
});

test("one byte that differs, anywhere, is not known", () => {
	for (const at of [0, 1, 2, 8, 300, STREAM.length - 1]) {
		const bytes = Buffer.from(STREAM);
		bytes[at]! ^= 1;
		assert.deepEqual(follow(0, bytes), { length: 0, heard: [] }, `byte ${at}`);
	}
});

test("a payload alone is found at its position only", () => {
	for (const [i, payload] of PAYLOADS.entries()) {
		const position = NUMBERS[i]![0]!;
		assert.deepEqual(tape().find(position, payload, 0, payload.length), NUMBERS[i]);
		assert.equal(tape().find(position, payload.subarray(1), 0, payload.length - 1), undefined);
		assert.equal(tape().find(position + 1, payload, 0, payload.length), undefined);
	}
});

test("the first frame at a position stays", () => {
	const tape = new Tape();
	tape.add(0, PAYLOADS[0]!, 0, 5, [0]);
	tape.add(0, PAYLOADS[3]!, 0, 4, [7]);
	assert.deepEqual(tape.find(0, PAYLOADS[0]!, 0, 5), [0]);
});
