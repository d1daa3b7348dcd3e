import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "./random.ts";

/** As a row draws its moments: numbers, choices and gaps, in streams of their own. */
function schedule(seed: string) {
	const random = new Random(seed);
	const moments = random.fork("moments");
	const talk = random.fork("talk");
	return Array.from({ length: 50 }, () => [
		moments.between(20, 500),
		moments.chance(0.1),
		talk.pick(["ada", "bob", "eve"]),
		talk.gapMs(150),
	]);
}

test("a seed draws the same schedule again, another one another", () => {
	assert.deepEqual(schedule("a/kill9"), schedule("a/kill9"));
	assert.notDeepEqual(schedule("a/kill9"), schedule("b/kill9"));
	assert.notDeepEqual(schedule("a/kill9"), schedule("a/restart"));
});

test("what one stream draws moves nothing in another", () => {
	const [one, other] = [new Random("a"), new Random("a")];
	for (let draws = 0; draws < 7; draws++) other.next();
	assert.equal(one.fork("talk").next(), other.fork("talk").next());
});

test("draws stay within their bounds and reach them", () => {
	const random = new Random("bounds");
	const numbers = Array.from({ length: 2_000 }, () => random.between(3, 6));
	assert.deepEqual([...new Set(numbers)].sort(), [3, 4, 5, 6]);
	const gaps = Array.from({ length: 2_000 }, () => random.gapMs(100));
	assert.ok(gaps.every((gap) => gap >= 0));
	const mean = gaps.reduce((sum, gap) => sum + gap) / gaps.length;
	assert.ok(mean > 8 && mean < 12, `100 a second are 10 ms apart on average, not ${mean}`);
});

test("normal draws have the mean 0 and the standard deviation 1", () => {
	const random = new Random("normal");
	const draws = Array.from({ length: 4_000 }, () => random.normal());
	const mean = draws.reduce((sum, draw) => sum + draw) / draws.length;
	const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
	assert.ok(Math.abs(mean) < 0.1 && Math.abs(variance - 1) < 0.1, `${mean}, ${variance}`);
});
