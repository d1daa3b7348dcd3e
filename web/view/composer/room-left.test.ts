import assert from "node:assert/strict";
import { test } from "node:test";
import { roomLeft } from "./room-left.ts";

test("the count appears near the limit and goes past it", () => {
	assert.equal(roomLeft(0, 4_000), "");
	assert.equal(roomLeft(3_799, 4_000), "");
	assert.equal(roomLeft(3_800, 4_000), "200 characters left");
	assert.equal(roomLeft(4_000, 4_000), "0 characters left");
	assert.equal(roomLeft(4_001, 4_000), "1 character too many");
});
