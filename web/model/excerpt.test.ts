import assert from "node:assert/strict";
import { test } from "node:test";
import { excerptOf } from "./excerpt.ts";

test("an excerpt is one line of bounded length, and cuts no character in two", () => {
	assert.equal(excerptOf(" one\n\ttwo  three ", 120), "one two three");
	assert.equal(excerptOf("x".repeat(121), 120), `${"x".repeat(120)}…`);
	assert.equal(excerptOf("x".repeat(120), 120), "x".repeat(120));
	assert.equal(excerptOf(`${"x".repeat(39)}😀 and more`, 40), `${"x".repeat(39)}…`);
});
