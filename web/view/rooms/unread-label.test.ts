import assert from "node:assert/strict";
import { test } from "node:test";
import { pageTitle, unreadLabel, unreadSentence } from "./unread-label.ts";

test("what is unread is a number, a bound, or nothing", () => {
	assert.equal(unreadLabel({ count: 0, more: false }), "");
	assert.equal(unreadLabel({ count: 3, more: false }), "3");
	assert.equal(unreadLabel({ count: 50, more: true }), "50+");
});

test("what is unread is said in words", () => {
	assert.equal(unreadSentence({ count: 1, more: false }), "1 unread message");
	assert.equal(unreadSentence({ count: 1, more: true }), "1+ unread messages");
	assert.equal(unreadSentence({ count: 12, more: false }), "12 unread messages");
});

test("the title sums the rooms up", () => {
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
