import assert from "node:assert/strict";
import { test } from "node:test";
import { backoffMs } from "./backoff.ts";

test("the upper bound doubles from 2 s to 30 s", () => {
	const longest = [0, 1, 2, 3, 4, 50].map((failures) => backoffMs(failures, () => 1));
	assert.deepEqual(longest, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test("the delay is a random part of the bound, including 0", () => {
	assert.equal(
		backoffMs(3, () => 0),
		0,
	);
	assert.equal(
		backoffMs(3, () => 0.25),
		4_000,
	);
});
