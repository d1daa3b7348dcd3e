import assert from "node:assert/strict";
import { test } from "node:test";
import { Latency } from "./latency.ts";

function near(actual: number, expected: number): void {
	assert.ok(Math.abs(actual / expected - 1) <= 0.021, `${actual} is not within 2 % of ${expected}`);
}

test("percentiles of 1 to 1,000 ms", () => {
	const latency = new Latency();
	for (let ms = 1_000; ms >= 1; ms--) latency.record(ms);
	assert.equal(latency.count, 1_000);
	near(latency.percentile(50), 500);
	near(latency.percentile(99), 990);
	near(latency.percentile(100), 1_000);
});

test("what never came is endless", () => {
	const latency = new Latency();
	for (let i = 0; i < 98; i++) latency.record(5);
	near(latency.percentile(98, 100), 5);
	assert.equal(latency.percentile(99, 100), Number.POSITIVE_INFINITY);
	assert.equal(new Latency().percentile(50), Number.POSITIVE_INFINITY);
});

test("the very short and the very long have a bucket too", () => {
	const latency = new Latency();
	latency.record(-1);
	latency.record(0);
	latency.record(1e9);
	assert.equal(latency.count, 3);
	assert.ok(latency.percentile(50) <= 0.01);
	assert.ok(latency.percentile(100) > 200_000);
});
