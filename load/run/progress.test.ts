import assert from "node:assert/strict";
import { test } from "node:test";
import { nowMs } from "../clock.ts";
import type { Second } from "../link/lines.ts";
import { progressLine } from "./progress.ts";

const arrivals = { joined: 1_000, failed: 0 };

/** As much of a thread's second as the line reads. */
function second(worker: number, agoMs: number, deliveries: number): Second {
	return { worker, atMs: nowMs() - agoMs, deliveries, histograms: {} } as Second;
}

test("deliveries a second are those of each thread's newest second, once", () => {
	const seconds = [second(1, 1_900, 70), second(2, 1_800, 60), second(1, 900, 50), second(2, 800, 40)];
	const line = progressLine("talking", { arrivals, seconds }, 1_000, 4_200);
	assert.equal(line, "1,000 users, 90 deliveries/s, 5 s left");
	const silent = progressLine("reading to the end", { arrivals, seconds: [second(1, 9_000, 70)] }, 1_000, 0);
	assert.equal(silent, "1,000 users, 0 deliveries/s, reading to the end");
});

test("before anybody is there, and while they come", () => {
	const nobody = { arrivals: { joined: 0, failed: 0 }, seconds: [] };
	assert.equal(progressLine("arriving", nobody, 20, 0), "The generator is starting …");
	const some = { arrivals: { joined: 3, failed: 2 }, seconds: [] };
	assert.equal(progressLine("arriving", some, 20, 0), "3 of 20 people are there, 2 failed");
});
