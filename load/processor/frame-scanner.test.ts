import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeFrame, OPCODE } from "../kit/wire.ts";
import { FrameScanner } from "./frame-scanner.ts";
import { PacketCache } from "./packet-cache.ts";

const HEAD = "42[take";

/** Encodes a frame as a server sends it. */
function frame(text: string, opcode: number = OPCODE.text, isFinal = true): Buffer {
	return encodeFrame({ payload: text, opcode, isFinal, isMasked: false });
}

/** Returns what was extracted from these chunks and what was passed on, in order. */
function scan(chunks: Buffer[]): string[] {
	const seen: string[] = [];
	const scanner = new FrameScanner({
		head: Buffer.from(HEAD),
		extract: (bytes, from, to) => seen.push(`took ${bytes.toString("utf8", from, to)}`),
		passOn: (bytes) => seen.push(`passed ${bytes.toString("latin1")}`),
	});
	for (const chunk of chunks) scanner.scan(chunk);
	return seen;
}

const medium = `${HEAD} ${"medium ".repeat(40)}ä`;
const long = `${HEAD} ${"long ".repeat(20_000)}`;
const other = frame(`42["other","${HEAD}"]`);
const binary = frame(`${HEAD} in a binary frame`, OPCODE.binary);
const part = frame(`${HEAD} and more to come`, OPCODE.text, false);

test("texts with the head are extracted, everything else is passed on, in order", () => {
	assert.deepEqual(
		scan([Buffer.concat([other, frame(`${HEAD} a`), frame(medium), binary, part, frame(long), other])]),
		[
			`passed ${other.toString("latin1")}`,
			`took ${HEAD} a`,
			`took ${medium}`,
			`passed ${Buffer.concat([binary, part]).toString("latin1")}`,
			`took ${long}`,
			`passed ${other.toString("latin1")}`,
		],
	);
});

test("wherever the bytes are split, none is lost or reordered, and the next frame is found", () => {
	const frames = [other, frame(medium), binary, frame(`${HEAD} b`)];
	const bytes = Buffer.concat([...frames, frame(`${HEAD} last`)]);
	for (let at = 1; at < bytes.length; at++) {
		const seen = scan([bytes.subarray(0, at), bytes.subarray(at)]);
		const again = seen.map((piece) => {
			const text = piece.slice(piece.indexOf(" ") + 1);
			return piece.startsWith("took") ? frame(text) : Buffer.from(text, "latin1");
		});
		assert.deepEqual(Buffer.concat(again), bytes, `split at ${at}`);
		const isInLast = at > bytes.length - frame(`${HEAD} last`).length + 1;
		assert.equal(seen.at(-1) === `took ${HEAD} last`, !isInLast, `split at ${at}`);
	}
	assert.deepEqual(
		scan([...bytes].map((byte) => Buffer.from([byte])))
			.map((piece) => piece.slice("passed ".length))
			.join(""),
		bytes.toString("latin1"),
	);
});

test("the same bytes are parsed once, and other bytes by themselves, however many there are", () => {
	const cache = new PacketCache(HEAD.length);
	const parse = (seq: number) => {
		const bytes = Buffer.from(`..${HEAD}{"room":"ü","seq":${seq}}].`);
		return cache.parse(bytes, 2, bytes.length - 1);
	};
	const first = parse(1);
	assert.deepEqual(first, { room: "ü", seq: 1 });
	assert.equal(parse(1), first);
	for (let seq = 2; seq < 30; seq++) assert.deepEqual(parse(seq), { room: "ü", seq });
	assert.deepEqual(parse(1), first);
});
