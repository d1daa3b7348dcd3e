import assert from "node:assert/strict";
import { test } from "node:test";
import { KeyedCounter } from "./keyed-counter.ts";

test("S6 a key is full at its limit, and a limit of 0 is none", () => {
	const counter = new KeyedCounter();
	for (const _ of [1, 2]) counter.add("ada");
	assert.deepEqual(
		[3, 2, 1, 0].map((limit) => counter.isFull("ada", limit)),
		[false, true, true, false],
	);
	assert.equal(counter.isFull("ben", 1), false);
});

test("a count of zero takes no memory, and is never below zero", () => {
	const counter = new KeyedCounter();
	counter.add("ada");
	assert.equal(counter.size, 1);
	for (const _ of [1, 2]) counter.remove("ada");
	assert.equal(counter.size, 0);
	counter.add("ada");
	assert.equal(counter.isFull("ada", 1), true);
});
