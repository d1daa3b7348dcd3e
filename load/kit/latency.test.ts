import assert from "node:assert/strict";
import { test } from "node:test";
import { Latency, median, percentileOf } from "./latency.ts";

function near(actual: number, expected: number): void {
	assert.ok(Math.abs(actual / expected - 1) < 0.002, `${actual} for ${expected}`);
}

test("percentiles of 1 to 1,000 ms, within a thousandth", () => {
	const latency = new Latency();
	for (let ms = 1_000; ms >= 1; ms--) latency.record(ms);
	assert.equal(latency.count, 1_000);
	near(latency.percentile(50), 500);
	near(latency.percentile(99), 990);
	near(latency.percentile(100), 1_000);
});

test("percentiles of what several threads recorded, within a thousandth", () => {
	const together = new Latency();
	for (const from of [1, 501]) {
		const thread = new Latency();
		for (let ms = from; ms < from + 500; ms++) thread.record(ms);
		together.add(thread.take());
		assert.equal(thread.count, 0);
		assert.equal(thread.summary().max, 0);
	}
	const { count, mean, p50, p95, p99, p999, max } = together.summary();
	assert.equal(count, 1_000);
	for (const [found, expected] of [
		[mean, 500.5],
		[p50, 500],
		[p95, 950],
		[p99, 990],
		[p999, 999],
		[max, 1_000],
	] as const) {
		near(found, expected);
	}
});

test("every duration falls into a bucket that has it, from a microsecond to minutes", () => {
	for (let us = 1; us < 2 ** 28; us = Math.ceil(us * 1.01)) {
		const latency = new Latency();
		latency.record(us / 1_000);
		const highest = latency.percentile(100) * 1_000;
		assert.ok(highest >= us - 1e-6 && highest <= us * 1.001 + 1e-6, `${highest} for ${us}`);
	}
});

test("what never came is endless", () => {
	const latency = new Latency();
	for (let i = 0; i < 98; i++) latency.record(5);
	near(latency.percentile(98, 100), 5);
	assert.equal(latency.percentile(99, 100), Number.POSITIVE_INFINITY);
	assert.equal(new Latency().percentile(50), Number.POSITIVE_INFINITY);
});

test("what is beyond the scale is kept at its ends, and nothing is nothing", () => {
	const latency = new Latency();
	assert.deepEqual(latency.summary(), { count: 0, mean: 0, p50: 0, p95: 0, p99: 0, p999: 0, max: 0 });
	latency.record(-5);
	latency.record(0);
	latency.record(1e9);
	assert.equal(latency.count, 3);
	assert.ok(latency.percentile(50) <= 0.01);
	assert.ok(latency.summary().max > 200_000);
});

test("the median is the middle one, or the mean of the two in the middle", () => {
	assert.equal(median([3]), 3);
	assert.equal(median([10, 9, 100]), 10);
	assert.equal(median([4, 1, 3, 2]), 2.5);
	assert.ok(Number.isNaN(median([])));
	const { POSITIVE_INFINITY: never } = Number;
	assert.equal(median([never, never]), never);
	assert.equal(median([1, never, never]), never);
});

test("a percentile of plain numbers is the nearest rank", () => {
	const values = Array.from({ length: 100 }, (_, index) => 100 - index);
	assert.deepEqual(
		[0, 50, 99, 100].map((percent) => percentileOf(values, percent)),
		[1, 50, 99, 100],
	);
	assert.ok(Number.isNaN(percentileOf([], 50)));
});
