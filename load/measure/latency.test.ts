import assert from "node:assert/strict";
import { test } from "node:test";
import { Latency } from "./latency.ts";

test("percentiles of what several threads recorded, within a thousandth", () => {
	const together = new Latency();
	for (const from of [1, 501]) {
		const thread = new Latency();
		for (let ms = from; ms < from + 500; ms++) thread.record(ms);
		together.add(thread.take());
		assert.equal(thread.count, 0);
	}
	const { count, mean, p50, p99, p999, max } = together.summary();
	assert.equal(count, 1_000);
	for (const [found, expected] of [
		[mean, 500.5],
		[p50, 500],
		[p99, 990],
		[p999, 999],
		[max, 1_000],
	] as const) {
		assert.ok(Math.abs(found / expected - 1) < 0.002, `${found} for ${expected}`);
	}
});

test("what is beyond the scale is kept at its ends, and nothing is nothing", () => {
	const latency = new Latency();
	assert.deepEqual(latency.summary(), { count: 0, mean: 0, p50: 0, p95: 0, p99: 0, p999: 0, max: 0 });
	latency.record(-5);
	latency.record(1e9);
	assert.ok(latency.summary().max >= 119_000);
});
