import assert from "node:assert/strict";
import { test } from "node:test";
import { pairedRatio } from "./statistics.ts";

test("takes the ratio within each round, so that a slow round affects both alike", () => {
	assert.deepEqual(pairedRatio([2, 20, 6], [1, 10, 2]), { median: 2, least: 2, most: 3 });
});

test("leaves out a round that lacks either value", () => {
	assert.deepEqual(pairedRatio([2, undefined, 9], [1, 5, undefined]), { median: 2, least: 2, most: 2 });
	assert.equal(pairedRatio([undefined], [1]), undefined);
	assert.equal(pairedRatio([], []), undefined);
});
