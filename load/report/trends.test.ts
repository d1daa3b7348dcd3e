import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../kit/random.ts";
import type { SecondReport, Trend } from "./result.ts";
import { trendsOf } from "./trends.ts";

const HALF_HOUR_S = 1_800;
const HOUR_S = 3_600;
const LEVEL_MB = 230;

type Memory = (t: number, noise: () => number) => number;

/** Returns the trend of a server with this memory. */
function memoryTrend(memory: Memory, { seed = 1, durationS = HALF_HOUR_S } = {}): Trend {
	const random = new Random(`run ${seed}`);
	const noise = () => random.normal();
	const seconds = Array.from(
		{ length: durationS },
		(_, t) => ({ t, serverRssMb: memory(t, noise), p99: 9 + noise(), serverLagMs: null }) as SecondReport,
	);
	const trend = trendsOf(seconds, durationS).find(({ name }) => name === "memory");
	assert.ok(trend);
	return trend;
}

/** A heap that fills and is collected every 40 s or so, with small fluctuations. */
const healthy: Memory = (t, noise) => LEVEL_MB + ((t * 1.037) % 41) / 4 + 2 * noise();
const leaking =
	(mbPerHour: number): Memory =>
	(t, noise) =>
		healthy(t, noise) + (mbPerHour * t) / HOUR_S;

test("a leak is detected, with its size", () => {
	for (let seed = 1; seed <= 50; seed++) {
		const trend = memoryTrend(leaking(40), { seed });
		assert.equal(trend.verdict, "rising", JSON.stringify({ seed, ...trend }));
		assert.ok(Math.abs(trend.perHour - 40) < 12, JSON.stringify({ seed, ...trend }));
	}
});

test("noise is no leak", () => {
	const verdicts = Array.from({ length: 200 }, (_, index) => memoryTrend(healthy, { seed: index + 1 }).verdict);
	assert.deepEqual(new Set(verdicts), new Set(["flat"]));
});

test("a random walk is taken for a leak at most one time in twenty", () => {
	let rising = 0;
	for (let seed = 1; seed <= 200; seed++) {
		let walk = 0;
		const wandering: Memory = (_, noise) => {
			walk = 0.99 * walk + noise();
			return LEVEL_MB + walk;
		};
		if (memoryTrend(wandering, { seed }).verdict === "rising") rising++;
	}
	assert.ok(rising <= 10, `${rising} of 200`);
});

test("memory that rises at the start and then levels off is flat: the first half does not count", () => {
	const warm: Memory = (t, noise) => healthy(t, noise) - 100 * Math.exp(-t / 120);
	assert.equal(memoryTrend(warm).verdict, "flat");
});

test("falling memory is flat, and a jump is not flat", () => {
	assert.equal(memoryTrend(leaking(-40)).verdict, "flat");
	const jump: Memory = (t, noise) => healthy(t, noise) + (t > 1_350 ? 60 : 0);
	assert.notEqual(memoryTrend(jump).verdict, "flat");
});

test("a trend is unclear where noise could hide a leak, and where the half is short", () => {
	const wild: Memory = (t, noise) => LEVEL_MB + 80 * Math.sin(t / 97) + 20 * noise();
	assert.equal(memoryTrend(wild).verdict, "unclear");
	assert.equal(memoryTrend(leaking(400), { durationS: 180 }).verdict, "unclear");
});

test("a longer soak detects a smaller leak", () => {
	assert.equal(memoryTrend(leaking(6)).verdict, "flat");
	assert.equal(memoryTrend(leaking(6), { durationS: 6 * HOUR_S }).verdict, "rising");
});

test("without the server's figures only the latency has a trend, and too short a run has none", () => {
	const seconds = Array.from({ length: HALF_HOUR_S }, (_, t) => ({ t, p99: 9, serverRssMb: null, serverLagMs: null }));
	const trends = trendsOf(seconds as unknown as SecondReport[], HALF_HOUR_S);
	assert.deepEqual(
		trends.map(({ name, verdict, perHour }) => ({ name, verdict, perHour })),
		[{ name: "p99", verdict: "flat", perHour: 0 }],
	);
	assert.deepEqual(trendsOf(seconds.slice(0, 5) as unknown as SecondReport[], 5), []);
	assert.deepEqual(trendsOf([], 60), []);
});
