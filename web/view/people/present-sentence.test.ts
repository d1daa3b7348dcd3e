import assert from "node:assert/strict";
import { test } from "node:test";
import { presentSentence } from "./present-sentence.ts";

test("the number of people has a singular and a plural", () => {
	assert.equal(presentSentence(1), "1 person here");
	assert.equal(presentSentence(3), "3 people here");
});
