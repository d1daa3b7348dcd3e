import assert from "node:assert/strict";
import { test } from "node:test";
import { search } from "./search.ts";

/** Searches a deployment that holds `capacity`; returns also the sizes that were tried. */
async function searchFor(capacity: number, max = 20_000) {
	const tried: number[] = [];
	const found = await search({ from: 250, max, step: 50 }, async (size) => {
		tried.push(size);
		return size <= capacity ? "held" : "broke";
	});
	return { ...found, tried };
}

test("the result is within six percent below the capacity, whatever that is", async () => {
	for (const capacity of [260, 1_000, 1_234, 4_990, 13_370]) {
		const { held, limit, tried } = await searchFor(capacity);
		assert.ok(held <= capacity && held >= Math.min(capacity / 1.07, capacity - 50), `${held} of ${capacity}`);
		assert.ok(limit !== undefined && limit > capacity);
		assert.ok(tried.length <= 20, `${tried.length} sizes`);
	}
});

test("no size above the maximum is tried, and a maximum that holds has no limit", async () => {
	const { held, limit, tried } = await searchFor(100_000, 1_020);
	assert.deepEqual({ held, limit, tried }, { held: 1_000, limit: undefined, tried: [250, 500, 1_000] });
});

test("the size decreases when the first one does not hold, and the search ends when none holds", async () => {
	assert.equal((await searchFor(100)).held, 100);
	assert.equal((await searchFor(0)).held, 0);
});

test("one failed attempt does not count, two do", async () => {
	let calls = 0;
	const hiccup = await search({ from: 50, max: 50, step: 50 }, async () => (calls++ === 0 ? "broke" : "held"));
	assert.equal(hiccup.held, 50);
	const inconclusive = await search({ from: 50, max: 50, step: 50 }, async () => "inconclusive");
	assert.equal(inconclusive.limitOutcome, "inconclusive");
});
