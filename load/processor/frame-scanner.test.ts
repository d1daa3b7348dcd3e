import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameScanner } from "./frame-scanner.ts";
import { PacketMemory } from "./packet-memory.ts";

const HEAD = "42[take";
const TEXT = 0x81;

/** A frame as a server sends it. */
function frame(text: string, opcode = TEXT): Buffer {
	const payload = Buffer.from(text);
	const short = Buffer.from([opcode, payload.length]);
	const medium = Buffer.from([opcode, 126, payload.length >> 8, payload.length & 0xff]);
	const long = Buffer.from([opcode, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
	if (payload.length > 0xffff) long.writeBigUInt64BE(BigInt(payload.length), 2);
	const header = payload.length > 0xffff ? long : payload.length > 125 ? medium : short;
	return Buffer.concat([header, payload]);
}

/** What becomes of these chunks, in order. */
function scan(chunks: Buffer[]): string[] {
	const seen: string[] = [];
	const scanner = new FrameScanner({
		head: Buffer.from(HEAD),
		take: (bytes, from, to) => seen.push(`took ${bytes.toString("utf8", from, to)}`),
		passOn: (bytes) => seen.push(`passed ${bytes.toString("latin1")}`),
	});
	for (const chunk of chunks) scanner.scan(chunk);
	return seen;
}

const medium = `${HEAD} ${"medium ".repeat(40)}ä`;
const long = `${HEAD} ${"long ".repeat(20_000)}`;
const other = frame(`42["other","${HEAD}"]`);
const binary = frame(`${HEAD} in a binary frame`, 0x82);
const part = frame(`${HEAD} and more to come`, 0x01);

test("texts with the head are taken out, everything else is passed on, each in its place", () => {
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

test("wherever the bytes are cut, none is lost or changes places, and the next frame is found", () => {
	const frames = [other, frame(medium), binary, frame(`${HEAD} b`)];
	const bytes = Buffer.concat([...frames, frame(`${HEAD} last`)]);
	for (let cut = 1; cut < bytes.length; cut++) {
		const seen = scan([bytes.subarray(0, cut), bytes.subarray(cut)]);
		const again = seen.map((piece) => {
			const text = piece.slice(piece.indexOf(" ") + 1);
			return piece.startsWith("took") ? frame(text) : Buffer.from(text, "latin1");
		});
		assert.deepEqual(Buffer.concat(again), bytes, `cut at ${cut}`);
		const isInLast = cut > bytes.length - frame(`${HEAD} last`).length + 1;
		assert.equal(seen.at(-1) === `took ${HEAD} last`, !isInLast, `cut at ${cut}`);
	}
	assert.deepEqual(
		scan([...bytes].map((byte) => Buffer.from([byte])))
			.map((piece) => piece.slice("passed ".length))
			.join(""),
		bytes.toString("latin1"),
	);
});

test("the same bytes are parsed once, other bytes by themselves, however many there are", () => {
	const memory = new PacketMemory(HEAD.length);
	const parse = (seq: number) => {
		const bytes = Buffer.from(`..${HEAD}{"room":"ü","seq":${seq}}].`);
		return memory.parse(bytes, 2, bytes.length - 1);
	};
	const first = parse(1);
	assert.deepEqual(first, { room: "ü", seq: 1 });
	assert.equal(parse(1), first);
	for (let seq = 2; seq < 30; seq++) assert.deepEqual(parse(seq), { room: "ü", seq });
	assert.deepEqual(parse(1), first);
});
