import assert from "node:assert/strict";
import { test } from "node:test";
import { fitSize } from "./fit-size.ts";

test("a picture is made smaller and never larger, and keeps its proportions", () => {
	assert.deepEqual(fitSize({ width: 4000, height: 3000 }, 2560), { width: 2560, height: 1920 });
	assert.deepEqual(fitSize({ width: 3000, height: 4000 }, 2560), { width: 1920, height: 2560 });
	assert.deepEqual(fitSize({ width: 2560, height: 10 }, 2560), { width: 2560, height: 10 });
	assert.deepEqual(fitSize({ width: 90_000, height: 2 }, 100), { width: 100, height: 1 });
});
