import assert from "node:assert/strict";
import { test } from "node:test";
import { initialOf, lookOf } from "./avatar-look.ts";

test("an initial is a whole grapheme", () => {
	assert.equal(initialOf("ada"), "A");
	assert.equal(initialOf("👩‍🚀 vera"), "👩‍🚀");
	assert.equal(initialOf("e\u0301va"), "E\u0301");
	assert.equal(initialOf(""), "");
});

test("the colour of a user is constant: one of twelve hues in one of two tones", () => {
	const colours = () => Array.from({ length: 1_000 }, (_, i) => lookOf(`user ${i}`));
	assert.deepEqual(colours(), colours());
	assert.equal(new Set(colours()).size, 24);
	assert.ok(colours().every((colour) => /^avatar--hue-([0-9]|1[01]) avatar--tone-[01]$/.test(colour)));
});
