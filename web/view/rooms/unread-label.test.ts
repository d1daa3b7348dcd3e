import assert from "node:assert/strict";
import { test } from "node:test";
import { pageTitle, unreadLabel, unreadSentence } from "./unread-label.ts";

test("the label is a number, a lower bound, or empty", () => {
	assert.equal(unreadLabel({ count: 0, more: false }), "");
	assert.equal(unreadLabel({ count: 3, more: false }), "3");
	assert.equal(unreadLabel({ count: 50, more: true }), "50+");
});

test("the sentence has a singular and a plural", () => {
	assert.equal(unreadSentence({ count: 1, more: false }), "1 unread message");
	assert.equal(unreadSentence({ count: 1, more: true }), "1+ unread messages");
	assert.equal(unreadSentence({ count: 12, more: false }), "12 unread messages");
});

test("the title has the unread messages of all rooms", () => {
	assert.equal(pageTitle([], undefined), "Hubbub");
	assert.equal(pageTitle([{ count: 0, more: false }], "kitchen"), "kitchen · Hubbub");
	assert.equal(
		pageTitle(
			[
				{ count: 2, more: false },
				{ count: 5, more: true },
			],
			"kitchen",
		),
		"(7+) kitchen · Hubbub",
	);
});
