import assert from "node:assert/strict";
import { test } from "node:test";
import { clientFrame, FrameReader, frameHeader, OPCODE } from "./frames.ts";

const SHORT = [0, 1, 125, 126, 127];
const LONG = [65_535, 65_536, 70_000];

function serverFrame(payload: Buffer): Buffer {
	return Buffer.concat([frameHeader(payload.length), payload]);
}

function readAll(chunks: Iterable<Buffer>): { opcode: number; payload: string }[] {
	const frames: { opcode: number; payload: string }[] = [];
	const reader = new FrameReader((opcode, bytes, start, end) =>
		frames.push({ opcode, payload: bytes.toString("latin1", start, end) }),
	);
	for (const chunk of chunks) reader.push(chunk, 0, chunk.length);
	return frames;
}

function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("frames of every kind of length are read, however the stream is cut", () => {
	for (const [lengths, sizes] of [
		[SHORT, [1, 2, 3, 7]],
		[
			[...SHORT, ...LONG],
			[1_000, 4_096, Number.POSITIVE_INFINITY],
		],
	] as const) {
		const payloads = lengths.map((length, i) => Buffer.alloc(length, 97 + i));
		const stream = Buffer.concat(payloads.map((payload) => serverFrame(payload)));
		const expected = payloads.map((payload) => ({ opcode: OPCODE.text, payload: payload.toString("latin1") }));
		for (const size of sizes) assert.deepEqual(readAll(pieces(stream, size)), expected, `in pieces of ${size}`);
	}
});

test("a header says the length as the protocol does", () => {
	assert.deepEqual([...frameHeader(125)], [0x81, 125]);
	assert.deepEqual([...frameHeader(126)], [0x81, 126, 0, 126]);
	assert.deepEqual([...frameHeader(0x1234)], [0x81, 126, 0x12, 0x34]);
	assert.deepEqual([...frameHeader(0x12345)], [0x81, 127, 0, 0, 0, 0, 0, 1, 0x23, 0x45]);
});

test("only the given part of a chunk is read", () => {
	const frame = serverFrame(Buffer.from("here"));
	const seen: string[] = [];
	const reader = new FrameReader((_opcode, bytes, start, end) => seen.push(bytes.toString("utf8", start, end)));
	reader.push(Buffer.concat([Buffer.from("HEAD"), frame, Buffer.from([0x81, 9])]), 4, 4 + frame.length);
	assert.deepEqual(seen, ["here"]);
});

test("a frame that is cut keeps its bytes when the buffer is used again", () => {
	const stream = serverFrame(Buffer.from("kept"));
	const lent = Buffer.from(stream.subarray(0, 4));
	const seen: string[] = [];
	const reader = new FrameReader((_opcode, bytes, start, end) => seen.push(bytes.toString("utf8", start, end)));
	reader.push(lent, 0, lent.length);
	lent.fill(0);
	reader.push(stream, 4, stream.length);
	assert.deepEqual(seen, ["kept"]);
});

for (const [what, bytes] of [
	["fragmented", [0x01, 1, 97]],
	["compressed", [0xc1, 1, 97]],
	["masked", [0x81, 0x81, 0, 0, 0, 0, 97]],
	["absurdly long", [0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0]],
] as const) {
	test(`a frame that is ${what} is refused`, () => {
		assert.throws(() => readAll([Buffer.from(bytes)]), /The server sent a/);
	});
}

test("a client's frame is masked, and its payload comes out again", () => {
	for (const length of [...SHORT, 65_535]) {
		const payload = Buffer.from(Array.from({ length }, (_, i) => (i * 7) & 255));
		const frame = clientFrame(OPCODE.text, payload);
		const header = length < 126 ? 2 : 4;
		const key = frame.subarray(header, header + 4);
		assert.equal(frame[0], 0x81);
		assert.equal(frame[1], 0x80 | Math.min(length, 126));
		const unmasked = frame.subarray(header + 4).map((byte, i) => byte ^ key[i & 3]!);
		assert.deepEqual(Buffer.from(unmasked), payload);
	}
	assert.throws(() => clientFrame(OPCODE.text, Buffer.alloc(65_536)), RangeError);
});
