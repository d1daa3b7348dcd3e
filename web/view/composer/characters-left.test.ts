import assert from "node:assert/strict";
import { test } from "node:test";
import { charactersLeft } from "./characters-left.ts";

test("the count appears near the limit and goes past it", () => {
	assert.equal(charactersLeft(0, 4_000), "");
	assert.equal(charactersLeft(3_799, 4_000), "");
	assert.equal(charactersLeft(3_800, 4_000), "200 characters left");
	assert.equal(charactersLeft(4_000, 4_000), "0 characters left");
	assert.equal(charactersLeft(4_001, 4_000), "1 character too many");
});
