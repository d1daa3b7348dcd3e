import assert from "node:assert/strict";
import { test } from "node:test";
import { reactors } from "./reactors.ts";

const ada = { id: "1", name: "Ada" };
const grace = { id: "2", name: "Grace" };
const noor = { id: "3", name: "Noor" };

test("the names of those who reacted, oneself first", () => {
	assert.equal(reactors({ emoji: "👍", count: 1, users: [grace] }, "1"), "Grace");
	assert.equal(reactors({ emoji: "👍", count: 1, users: [ada], mine: true }, "1"), "You");
	assert.equal(reactors({ emoji: "👍", count: 3, users: [grace, ada, noor], mine: true }, "1"), "You, Grace and Noor");
});

test("those whose names are not known are counted", () => {
	assert.equal(reactors({ emoji: "👍", count: 2, users: [grace] }, "1"), "Grace and 1 other");
	assert.equal(
		reactors({ emoji: "👍", count: 9, users: [grace, noor], mine: true }, "1"),
		"You, Grace, Noor and 6 others",
	);
	assert.equal(reactors({ emoji: "👍", count: 9, mine: true }, "1"), "You and 8 others");
	assert.equal(reactors({ emoji: "👍", count: 9 }, "1"), "9 people");
	assert.equal(reactors({ emoji: "👍", count: 1 }, "1"), "1 person");
});
