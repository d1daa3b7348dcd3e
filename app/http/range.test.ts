import assert from "node:assert/strict";
import { test } from "node:test";
import { rangeOf } from "./range.ts";

test("F4 the ranges of a content", () => {
	for (const [header, expected] of [
		[undefined, undefined],
		["bytes=0-", { start: 0, end: 99 }],
		["bytes=0-0", { start: 0, end: 0 }],
		["bytes=10-19", { start: 10, end: 19 }],
		["bytes=99-500", { start: 99, end: 99 }],
		["bytes=-1", { start: 99, end: 99 }],
		["bytes=-500", { start: 0, end: 99 }],
		["bytes=-0", "unsatisfiable"],
		["bytes=100-", "unsatisfiable"],
		["bytes=999999999999999-", "unsatisfiable"],
		["bytes=20-10", undefined],
		["bytes=-", undefined],
		["bytes=0-1,5-6", undefined],
		["bytes=1e2-", undefined],
		["bytes=0x1-5", undefined],
		["bytes=--5", undefined],
		["chapters=1-2", undefined],
		[`bytes=${"9".repeat(400)}-`, undefined],
	] as const)
		assert.deepEqual(rangeOf(header, 100), expected, String(header));
});
