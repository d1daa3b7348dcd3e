import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, keepDraft } from "./drafts.ts";

test("each room keeps its own draft until it is empty", () => {
	keepDraft("lobby", "half a sentence");
	keepDraft("__proto__", "another");
	assert.equal(draftOf("lobby"), "half a sentence");
	assert.equal(draftOf("__proto__"), "another");
	assert.equal(draftOf("kitchen"), "");
	keepDraft("lobby", "");
	assert.equal(draftOf("lobby"), "");
});
