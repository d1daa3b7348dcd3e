import assert from "node:assert/strict";
import { test } from "node:test";
import { typingParts } from "./typing-parts.ts";

function sentence(...names: string[]): string {
	return typingParts(names.map((name) => ({ id: name, name })))
		.map((part) => (part.name ? `[${part.text}]` : part.text))
		.join("");
}

test("the names are marked in the sentence, and more than three names are left out", () => {
	assert.equal(sentence(), "");
	assert.equal(sentence("ada"), "[ada] is typing");
	assert.equal(sentence("ada", "and"), "[ada] and [and] are typing");
	assert.equal(sentence("ada", "bob", "eve"), "[ada], [bob] and [eve] are typing");
	assert.equal(sentence("ada", "bob", "eve", "mel"), "Several people are typing");
});
