import assert from "node:assert/strict";
import { test } from "node:test";
import { variedSizes } from "./room-sizes.ts";

const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);

test("a few rooms are large and most are small, and together they have all users", () => {
	const sizes = variedSizes(1_000, 20);
	assert.equal(sum(sizes), 1_000);
	assert.deepEqual(
		sizes,
		sizes.toSorted((a, b) => b - a),
	);
	assert.ok(sizes[0]! > 250 && sizes[10]! < 30, String(sizes));
});

test("every room has two members where there are enough users, and one at least", () => {
	assert.ok(variedSizes(1_000, 400).every((size) => size >= 2));
	assert.deepEqual(variedSizes(3, 3), [1, 1, 1]);
	assert.deepEqual(variedSizes(7, 1), [7]);
});
