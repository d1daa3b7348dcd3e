import assert from "node:assert/strict";
import { test } from "node:test";
import { StepSize } from "./step-size.ts";

test("steps become smaller on a slow disk and larger on a fast one, within bounds", () => {
	const size = new StepSize();
	const first = size.entries;
	size.took(100, first);
	assert.equal(size.entries, first / 4);
	for (let step = 0; step < 10; step++) size.took(5_000, size.entries);
	const least = size.entries;
	assert.ok(least > 0 && least < first / 4);
	for (let step = 0; step < 20; step++) size.took(0.1, size.entries);
	const most = size.entries;
	assert.ok(most > first);
	size.took(0.1, most);
	assert.equal(size.entries, most);
});

test("a step at most doubles, and only after a full one", () => {
	const size = new StepSize();
	const first = size.entries;
	size.took(0.1, 3);
	assert.equal(size.entries, first);
	size.took(0.1, first);
	assert.equal(size.entries, 2 * first);
});
