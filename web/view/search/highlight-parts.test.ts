import assert from "node:assert/strict";
import { test } from "node:test";
import { highlightParts } from "./highlight-parts.ts";

/** Returns the parts as a text, with those that match in brackets. */
const shown = (text: string, ranges: [number, number][]) =>
	highlightParts(text, ranges)
		.map((part) => (part.isHit ? `[${part.text}]` : part.text))
		.join("");

test("the parts that match are marked", () => {
	assert.equal(
		shown("a word and words", [
			[2, 6],
			[11, 15],
		]),
		"a [word] and [word]s",
	);
	assert.equal(shown("word", [[0, 4]]), "[word]");
	assert.equal(shown("only a filter matches", []), "only a filter matches");
});

test("a long text is shortened around the first part that matches, never in a character", () => {
	const long = `${"🦊".repeat(200)} word ${"b".repeat(400)}`;
	const text = shown(long, [[401, 405]]);
	assert.match(text, /^…(🦊)+ \[word\] b+…$/u);
	assert.ok(text.length < 260);
	assert.ok(text.isWellFormed());
});
