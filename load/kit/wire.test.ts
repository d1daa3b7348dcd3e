import assert from "node:assert/strict";
import { test } from "node:test";
import { connectPacket, encodeFrame, eventPacket, FrameReader, OPCODE, parsePacket } from "./wire.ts";

const SHORT = [0, 1, 125, 126, 127];
const LONG = [65_535, 65_536, 70_000];

function serverFrame(payload: string | Buffer, opcode: number = OPCODE.text): Buffer {
	return encodeFrame({ payload, opcode, isMasked: false });
}

function readAll(chunks: Iterable<Buffer>): { opcode: number; payload: string }[] {
	const frames: { opcode: number; payload: string }[] = [];
	const reader = new FrameReader((opcode, bytes, start, end) =>
		frames.push({ opcode, payload: bytes.toString("latin1", start, end) }),
	);
	for (const chunk of chunks) reader.push(chunk);
	return frames;
}

function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("frames of every kind of length are read, however the stream is split", () => {
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

test("a frame is given with its opcode, its payload and the start of its header", () => {
	const frames = [serverFrame("ping", OPCODE.ping), serverFrame("ä".repeat(100))];
	const seen: [number, Buffer][] = [];
	new FrameReader((opcode, bytes, _start, end, from) =>
		seen.push([opcode, Buffer.from(bytes.subarray(from, end))]),
	).push(Buffer.concat(frames));
	assert.deepEqual(seen, [
		[OPCODE.ping, frames[0]],
		[OPCODE.text, frames[1]],
	]);
});

test("a header has the payload's length as the protocol encodes it", () => {
	const header = (length: number, bytes: number) => [...serverFrame(Buffer.alloc(length)).subarray(0, bytes)];
	assert.deepEqual(header(125, 2), [0x81, 125]);
	assert.deepEqual(header(126, 4), [0x81, 126, 0, 126]);
	assert.deepEqual(header(0x1234, 4), [0x81, 126, 0x12, 0x34]);
	assert.deepEqual(header(0x12345, 10), [0x81, 127, 0, 0, 0, 0, 0, 1, 0x23, 0x45]);
});

test("only the given part of a chunk is read", () => {
	const frame = serverFrame("here");
	const seen: string[] = [];
	const reader = new FrameReader((_opcode, bytes, start, end) => seen.push(bytes.toString("utf8", start, end)));
	reader.push(Buffer.concat([Buffer.from("HEAD"), frame, Buffer.from([0x81, 9])]), 4, 4 + frame.length);
	assert.deepEqual(seen, ["here"]);
	assert.equal(reader.isBetweenFrames, true);
});

test("a frame that is split keeps its bytes when the buffer is used again", () => {
	const stream = serverFrame("kept");
	const lent = Buffer.from(stream.subarray(0, 4));
	const seen: string[] = [];
	const reader = new FrameReader((_opcode, bytes, start, end) => seen.push(bytes.toString("utf8", start, end)));
	reader.push(lent);
	assert.equal(reader.isBetweenFrames, false);
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
	test(`a frame of a server that is ${what} is refused`, () => {
		assert.throws(() => readAll([Buffer.from(bytes)]), /The server sent a/);
	});
}

test("a client's frame is masked, and its payload comes out again", () => {
	for (const length of [...SHORT, ...LONG]) {
		const payload = Buffer.from(Array.from({ length }, (_, i) => (i * 7) & 255));
		const frame = encodeFrame({ payload });
		const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
		const key = frame.subarray(header, header + 4);
		assert.equal(frame[0], 0x81);
		assert.equal(frame[1], 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127));
		const unmasked = frame.subarray(header + 4).map((byte, i) => byte ^ key[i & 3]!);
		assert.deepEqual(Buffer.from(unmasked), payload);
	}
	assert.ok(!encodeFrame({ payload: "hello" }).includes("hello"));
});

test("a frame can break the rules: reserved bits, no end, no mask, a length that is not the payload's", () => {
	const { continuation, text } = OPCODE;
	assert.equal(encodeFrame({ payload: "x", isFinal: false, opcode: continuation, reserved: 0x40 })[0], 0x40);
	assert.equal(encodeFrame({ payload: "x", opcode: text, reserved: 0x70 })[0], 0xf1);
	assert.deepEqual(encodeFrame({ payload: "x", isMasked: false }), Buffer.from([0x81, 1, 120]));
	assert.equal(encodeFrame({ payload: "x", declaredBytes: 2n ** 63n - 1n }).readBigUInt64BE(2), 2n ** 63n - 1n);
	assert.equal(encodeFrame({ payload: "x", declaredBytes: 70_000n }).readBigUInt64BE(2), 70_000n);
});

test("packets are written and read", () => {
	assert.equal(connectPacket(), "40");
	assert.equal(connectPacket({ token: "t" }), '40{"token":"t"}');
	assert.equal(eventPacket(7, "room:join", { room: "a" }), '427["room:join",{"room":"a"}]');
	assert.deepEqual(parsePacket(eventPacket(undefined, "said", 1)), { type: "event", args: ["said", 1] });
	assert.deepEqual(parsePacket('4312[{"ok":true}]'), { type: "ack", id: 12, args: [{ ok: true }] });
	for (const [text, type] of Object.entries({
		'0{"sid":"a"}': "open",
		"2": "ping",
		"3": "pong",
		'40{"sid":"a"}': "connect",
		'44{"message":"no"}': "connectError",
		"6": "other",
	})) {
		assert.deepEqual(parsePacket(text), { type });
	}
});
