import assert from "node:assert/strict";
import { test } from "node:test";
import { Revocations } from "./revocations.ts";

function setUp(max?: number) {
	const clock = { time: 1_000, now: () => clock.time };
	return { clock, revocations: new Revocations(clock, max) };
}

test("S3 a revocation is kept until the session would have expired", () => {
	const { clock, revocations } = setUp();
	revocations.add("a", 2_000);
	revocations.add("b", 3_000);
	clock.time = 2_000;
	revocations.add("c", 4_000);
	assert.deepEqual([revocations.has("a"), revocations.has("b"), revocations.has("c")], [false, true, true]);
	assert.equal(revocations.size, 2);
});

test("S3 memory is bounded: the oldest is dropped first", () => {
	const { revocations } = setUp(3);
	for (const id of ["a", "b", "c", "d", "e"]) revocations.add(id, 9_000);
	assert.equal(revocations.size, 3);
	assert.deepEqual([revocations.has("b"), revocations.has("c"), revocations.has("e")], [false, true, true]);
});

test("S3 a deleted revocation no longer applies", () => {
	const { revocations } = setUp();
	revocations.add("a", 2_000);
	revocations.delete("a");
	assert.equal(revocations.has("a"), false);
});
