import assert from "node:assert/strict";
import { test } from "node:test";
import { frame, PING, unframe } from "./frame.ts";

test("frames of every length are read as they were written, also in pieces", () => {
	const texts = ["", "x".repeat(125), "ä".repeat(100), "y".repeat(70_000)];
	const bytes = Buffer.concat(texts.map((text) => frame(text, { masked: false })));
	assert.deepEqual(unframe(bytes), { texts, rest: Buffer.alloc(0) });
	const [half, other] = [bytes.subarray(0, 200), bytes.subarray(200)];
	const first = unframe(half);
	const second = unframe(Buffer.concat([first.rest, other]));
	assert.deepEqual([...first.texts, ...second.texts], texts);
});

test("what is no text is passed over", () => {
	const ping = frame("ping", { first: PING, masked: false });
	assert.deepEqual(unframe(Buffer.concat([ping, frame("text", { masked: false })])).texts, ["text"]);
});

test("a client's frame is masked, and may lie about its length", () => {
	const masked = frame("hello");
	assert.equal(masked[1], 0x80 | 5);
	assert.ok(!masked.includes("hello"));
	assert.equal(frame("x", { declared: 2n ** 63n - 1n }).readBigUInt64BE(2), 2n ** 63n - 1n);
});
