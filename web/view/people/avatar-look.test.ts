import assert from "node:assert/strict";
import { test } from "node:test";
import { hueOf, initialOf } from "./avatar-look.ts";

test("an initial is a whole grapheme", () => {
	assert.equal(initialOf("ada"), "A");
	assert.equal(initialOf("👩‍🚀 vera"), "👩‍🚀");
	assert.equal(initialOf("e\u0301va"), "E\u0301");
	assert.equal(initialOf(""), "");
});

test("the hue of a user is constant, and one of eight", () => {
	const hues = Array.from({ length: 500 }, (_, i) => hueOf(`user ${i}`));
	assert.deepEqual(
		hues,
		Array.from({ length: 500 }, (_, i) => hueOf(`user ${i}`)),
	);
	assert.deepEqual([...new Set(hues)].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
});
