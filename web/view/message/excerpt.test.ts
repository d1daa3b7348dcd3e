import assert from "node:assert/strict";
import { test } from "node:test";
import { excerptOf } from "./excerpt.ts";

test("an excerpt is one line of bounded length", () => {
	assert.equal(excerptOf({ body: " one\n\ttwo  three " }), "one two three");
	assert.equal(excerptOf({ body: undefined }), "Location");
	const long = excerptOf({ body: "word ".repeat(1_000) });
	assert.ok(long.length === 120 && long.endsWith("…"));
});
