import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { RateLimiter } from "./rate-limiter.ts";

test("L1 a burst passes, then one at a time, and the returned wait is enough", () => {
	const clock = new ManualClock();
	const limiter = new RateLimiter({ perSecond: 5, burst: 20 }, clock);
	for (let i = 0; i < 20; i++) assert.equal(limiter.take("ada"), 0);
	const waitMs = limiter.take("ada");
	assert.equal(waitMs, 200);
	assert.equal(limiter.take("bob"), 0, "another key has its own bucket");
	clock.advance(waitMs);
	assert.equal(limiter.take("ada"), 0);
	assert.ok(limiter.take("ada") > 0);
});

test("L1 a rate of 0 means no limit", () => {
	const limiter = new RateLimiter({ perSecond: 0, burst: 1 }, new ManualClock());
	for (let i = 0; i < 1_000; i++) assert.equal(limiter.take("ada"), 0);
});

test("L1 a bucket never holds more than its burst, however long it is unused", () => {
	const clock = new ManualClock();
	const limiter = new RateLimiter({ perSecond: 1, burst: 3 }, clock);
	limiter.take("ada");
	clock.advance(3_600_000);
	const waits = Array.from({ length: 4 }, () => limiter.take("ada"));
	assert.deepEqual(waits, [0, 0, 0, 1_000]);
});

test("L1 several tokens at once may leave a debt, of one burst at most, which is paid before the next", () => {
	const clock = new ManualClock();
	const limiter = new RateLimiter({ perSecond: 1, burst: 10 }, clock);
	assert.equal(limiter.take("ada", 12), 0);
	assert.equal(limiter.take("ada"), 3_000);
	limiter.charge("ada", 1_000_000);
	assert.equal(limiter.take("ada"), 11_000);
	clock.advance(11_000);
	assert.equal(limiter.take("ada"), 0);
});
