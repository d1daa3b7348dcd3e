import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalEmoji } from "./emoji.ts";

test("C4 one emoji is accepted, in its fully qualified form", () => {
	for (const emoji of ["👍", "👍🏽", "❤️", "🏳️‍🌈", "👩‍👩‍👧‍👦", "👩‍❤️‍👨", "1️⃣", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "⛹🏽‍♀️", "☝🏽"])
		assert.equal(canonicalEmoji(emoji), emoji);
	assert.equal(canonicalEmoji("\u2764"), "\u2764\uFE0F");
	assert.equal(canonicalEmoji("👍\uFE0F"), "👍");
	assert.equal(canonicalEmoji("🏳\u200D🌈"), "🏳️‍🌈");
	assert.equal(canonicalEmoji("👩\u200D\u2764\u200D👨"), "👩‍❤️‍👨");
	assert.equal(canonicalEmoji("1\u20E3"), "1️⃣");
});

test("C4 anything else is not", () => {
	for (const text of ["", " ", "a", "1", "👍👍", "👍 ", " 👍", ":smile:", "\uFE0F", "🇩", "\u200D", "x👍"])
		assert.equal(canonicalEmoji(text), undefined, JSON.stringify(text));
});

test("C4 a skin tone alone is one emoji", () => {
	assert.equal(canonicalEmoji("🏽"), "🏽");
});
