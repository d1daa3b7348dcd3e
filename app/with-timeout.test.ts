import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "./testing/manual-clock.ts";
import { withTimeout } from "./with-timeout.ts";

test("returns the result and cancels the timer", async () => {
	const clock = new ManualClock();
	assert.equal(await withTimeout(Promise.resolve("done"), 1_000, clock), "done");
	assert.equal(clock.pending, 0);
});

test("returns undefined when the work rejects or takes too long", async () => {
	const clock = new ManualClock();
	assert.equal(await withTimeout(Promise.reject(new Error("failed")), 1_000, clock), undefined);
	const late = withTimeout(new Promise<string>(() => {}), 1_000, clock);
	clock.advance(1_000);
	assert.equal(await late, undefined);
});

test("uses real timers without a clock", async () => {
	assert.equal(await withTimeout(new Promise<string>(() => {}), 1), undefined);
});
