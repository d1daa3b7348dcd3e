import assert from "node:assert/strict";
import { test } from "node:test";
import { Revocations } from "./revocations.ts";

test("S3 memory is bounded: the oldest is dropped first", () => {
	const revocations = new Revocations(3);
	for (const id of ["a", "b", "c", "d", "e"]) revocations.add(id);
	assert.equal(revocations.size, 3);
	assert.deepEqual([revocations.has("b"), revocations.has("c"), revocations.has("e")], [false, true, true]);
});

test("S3 a deleted revocation no longer applies", () => {
	const revocations = new Revocations();
	revocations.add("a");
	revocations.delete("a");
	assert.equal(revocations.has("a"), false);
});
