import assert from "node:assert/strict";
import { test } from "node:test";
import { median, pairedRatio } from "./statistics.ts";

test("the median is the middle one, or the mean of the two in the middle", () => {
	assert.equal(median([3]), 3);
	assert.equal(median([10, 9, 100]), 10);
	assert.equal(median([4, 1, 3, 2]), 2.5);
	assert.ok(Number.isNaN(median([])));
});

test("the median of what never ended is endless, and no figure is made of nothing", () => {
	const { POSITIVE_INFINITY: never } = Number;
	assert.equal(median([never, never]), never);
	assert.equal(median([1, never, never]), never);
});

test("the ratio is taken within each round, so that a slow round weighs on both alike", () => {
	assert.deepEqual(pairedRatio([2, 20, 6], [1, 10, 2]), { median: 2, least: 2, most: 3 });
});

test("a round that lacks either is left out", () => {
	assert.deepEqual(pairedRatio([2, undefined, 9], [1, 5, undefined]), { median: 2, least: 2, most: 2 });
	assert.equal(pairedRatio([undefined], [1]), undefined);
	assert.equal(pairedRatio([], []), undefined);
});
