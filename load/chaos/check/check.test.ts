import assert from "node:assert/strict";
import { test } from "node:test";
import { intact } from "../testing/conversation.ts";
import { assertIntact, check } from "../testing/spoilt.ts";

test("intact histories have no problems", () => {
	const world = intact();
	assertIntact(world);
	const { findings } = check(world);
	assert.deepEqual([findings.sent, findings.acked], [9, 9]);
});
