import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalEmoji } from "./emoji.ts";

test("an emoji gets its fully qualified form", () => {
	for (const [text, canonical] of [
		["👍", "👍"],
		["❤", "❤️"],
		["❤️", "❤️"],
		["👍️", "👍"],
		["👍🏽", "👍🏽"],
		["☝🏽", "☝🏽"],
		["1⃣", "1️⃣"],
		["🏳‍🌈", "🏳️‍🌈"],
		["👩‍❤‍👨", "👩‍❤️‍👨"],
		["🇩🇪", "🇩🇪"],
	] as const)
		assert.equal(canonicalEmoji(text), canonical);
});

test("other texts and several emoji are refused", () => {
	for (const text of ["", "a", "1", "👍👍", "👍 ", "🇩"]) assert.equal(canonicalEmoji(text), undefined, text);
});
