import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { rateLimit } from "./rate-limit.ts";

test("L1 a key above the rate is refused until a token is free, and other keys are not", () => {
	const clock = new ManualClock();
	const limit = rateLimit({ perSecond: 1, burst: 1 }, clock, "Too fast.");
	assert.equal(limit("a"), undefined);
	const refusal = limit("a");
	assert.deepEqual([refusal?.code, refusal?.message, refusal?.retryAfterMs], ["rate_limited", "Too fast.", 1_000]);
	assert.equal(limit("b"), undefined);
	clock.advance(1_000);
	assert.equal(limit("a"), undefined);
});
