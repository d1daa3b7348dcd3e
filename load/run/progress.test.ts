import assert from "node:assert/strict";
import { test } from "node:test";
import type { Second } from "../link/messages.ts";
import { nowMs } from "../measure/clock.ts";
import { progressLine } from "./progress.ts";

const arrivals = { joined: 1_000, failed: 0 };

/** The part of a thread's second that the line shows. */
function second(worker: number, agoMs: number, deliveries: number): Second {
	return { worker, atMs: nowMs() - agoMs, deliveries, histograms: {} } as Second;
}

test("deliveries per second are those of each thread's newest second, once", () => {
	const seconds = [second(1, 1_900, 70), second(2, 1_800, 60), second(1, 900, 50), second(2, 800, 40)];
	const line = progressLine("sending", { arrivals, seconds }, 1_000, 4_200);
	assert.equal(line, "1,000 users, 90 deliveries/s, 5 s left");
	const silent = progressLine("draining", { arrivals, seconds: [second(1, 9_000, 70)] }, 1_000, 0);
	assert.equal(silent, "1,000 users, 0 deliveries/s, waiting for outstanding deliveries");
});

test("before the first user joins, and while users join", () => {
	const nobody = { arrivals: { joined: 0, failed: 0 }, seconds: [] };
	assert.equal(progressLine("arriving", nobody, 20, 0), "The generator is starting …");
	const some = { arrivals: { joined: 3, failed: 2 }, seconds: [] };
	assert.equal(progressLine("arriving", some, 20, 0), "3 of 20 users have joined, 2 failed");
});
