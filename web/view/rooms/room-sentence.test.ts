import assert from "node:assert/strict";
import { test } from "node:test";
import { roomSentence } from "./room-sentence.ts";

test("a room is announced with its people and its unread messages, where there are any", () => {
	const none = { count: 0, more: false };
	assert.equal(roomSentence("studio", 7, { count: 40, more: false }), "studio, 7 people, 40 unread");
	assert.equal(roomSentence("studio", 1, { count: 50, more: true }), "studio, 1 person, 50+ unread");
	assert.equal(roomSentence("studio", 7, none), "studio, 7 people");
	assert.equal(roomSentence("studio", undefined, none), "studio");
});
