import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { EventLoopLag } from "./event-loop-lag.ts";

const STALL_MS = 150;

test("a blocked loop is reported once", async () => {
	const lag = new EventLoopLag();
	await setTimeout(30);
	const startedAt = performance.now();
	while (performance.now() - startedAt < STALL_MS);
	await setTimeout(50);
	const { p50, max } = lag.read();
	assert.ok(max >= STALL_MS / 2 / 1_000, `the longest delay is ${max} s`);
	assert.ok(p50 <= max);
	assert.deepEqual(lag.read(), { p50: 0, p99: 0, max: 0 });
	const longestMs = lag.takeLongestMs();
	assert.ok(Math.abs(longestMs - max * 1_000) < 1, `${longestMs} ms: a reading of the histogram does not reset it`);
	assert.equal(lag.takeLongestMs(), 0);
	lag.stop();
});
