import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, spread } from "./report.ts";

test("figures are medians and tails of what was measured", () => {
	const ms = Array.from({ length: 100 }, (_, index) => index + 1);
	assert.equal(spread(ms, "p99"), "p50 50 ms, p99 99 ms");
	assert.equal(spread(ms), "p50 50 ms, max 100 ms");
	assert.equal(spread([]), "–");
	assert.equal(duration(12_345), "12.3 s");
});
