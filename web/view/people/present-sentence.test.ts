import assert from "node:assert/strict";
import { test } from "node:test";
import { peopleCount, presentSentence } from "./present-sentence.ts";

test("the number of people has a singular and a plural", () => {
	assert.equal(peopleCount(1), "1 person");
	assert.equal(peopleCount(7), "7 people");
	assert.equal(presentSentence(1), "1 person here");
	assert.equal(presentSentence(3), "3 people here");
});
