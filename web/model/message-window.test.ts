import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_FOLLOWED_MESSAGES, MAX_TIMELINE_MESSAGES, MessageWindow } from "./message-window.ts";
import { makeMessage, makeMessages, makeRemoval } from "./testing/entries.ts";

/** Returns the first and the last seq, after asserting that none between them is missing. */
function range({ messages }: MessageWindow): [number, number] {
	const seqs = messages.map(({ seq }) => seq);
	const first = seqs[0] ?? 0;
	assert.deepEqual(
		seqs,
		seqs.map((_, index) => first + index),
	);
	return [first, seqs.at(-1) ?? 0];
}

function windowOf(from: number, to: number): MessageWindow {
	const window = new MessageWindow();
	window.restart(makeMessages(from, to), from > 1);
	return window;
}

test("at the end, a full window drops the oldest messages", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.append(makeMessages(301, 310));
	assert.deepEqual(range(window), [11, 310]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("at the end of the open room fewer messages are kept, unless a tall screen has requested them", () => {
	const window = windowOf(1, 200);
	window.shown = true;
	window.append([makeMessage(201)]);
	assert.deepEqual(range(window), [202 - MAX_FOLLOWED_MESSAGES, 201]);
	assert.equal(window.hasOlder, true);
	window.pageRequested("older");
	window.pageLoaded(makeMessages(52, 101), true);
	window.append([makeMessage(202)]);
	assert.deepEqual(range(window), [53, 202], "as many as the screen has requested");
	window.following = false;
	window.append([makeMessage(203)]);
	assert.deepEqual(range(window), [53, 203], "away from the end nothing is dropped");
});

test("the page of unread messages replaces the messages and is complete with those that arrive meanwhile", () => {
	const window = windowOf(101, 150);
	window.pageRequested("unread");
	window.append([makeMessage(151)]);
	window.pageLoaded(makeMessages(71, 150), false);
	assert.deepEqual(range(window), [71, 151]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("of many unread messages the first page is shown", () => {
	const window = windowOf(451, 500);
	window.pageRequested("unread");
	window.append([makeMessage(501)]);
	window.pageLoaded(makeMessages(71, 170), true);
	assert.deepEqual(range(window), [71, 170]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, true]);
});

test("away from the end, a full window leaves out new messages", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append(makeMessages(301, 310));
	window.append(makeMessages(311, 312));
	assert.deepEqual(range(window), [1, 300]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [false, true]);
});

test("loading older messages drops the newest, and loading newer ones brings them back", () => {
	const window = windowOf(301, 600);
	window.following = false;
	window.pageRequested("older");
	window.pageLoaded(makeMessages(201, 300), true);
	assert.deepEqual(range(window), [201, 500]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, true]);
	window.pageRequested("newer");
	window.pageLoaded(makeMessages(501, 600), false);
	assert.deepEqual(range(window), [301, 600]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("after the first page of the room there are no older messages", () => {
	const window = windowOf(11, 20);
	window.pageRequested("older");
	window.pageLoaded(makeMessages(1, 10), false);
	assert.deepEqual(range(window), [1, 20]);
	assert.equal(window.hasOlder, false);
});

test("messages that arrive while the last page is loading are kept", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append(makeMessages(301, 310));
	window.pageRequested("newer");
	window.append(makeMessages(311, 312));
	window.pageLoaded(makeMessages(301, 310), false);
	assert.deepEqual(range(window), [13, 312]);
	assert.equal(window.hasNewer, false);
});

test("the newest page replaces the messages, including those that arrive while it is loading", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append(makeMessages(301, 900));
	window.pageRequested("newest");
	window.append([makeMessage(901)]);
	window.pageLoaded(makeMessages(801, 900), true);
	assert.deepEqual(range(window), [801, 901]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("a page before messages that have been dropped meanwhile is ignored", () => {
	const window = windowOf(101, 400);
	window.pageRequested("older");
	window.append([makeMessage(401)]);
	window.pageLoaded(makeMessages(1, 100), false);
	assert.deepEqual(range(window), [102, 401]);
	assert.equal(window.hasOlder, true);
});

test("a page that was requested before a restart is ignored", () => {
	const window = windowOf(101, 110);
	window.pageRequested("older");
	window.restart(makeMessages(501, 550), true);
	window.pageLoaded(makeMessages(1, 100), false);
	assert.deepEqual(range(window), [501, 550]);
});

test("M6 a removed message is dropped, also from a page that was read before", () => {
	const window = windowOf(11, 20);
	window.pageRequested("older");
	window.append([makeRemoval(21, 15), makeRemoval(22, 5)]);
	window.pageLoaded(makeMessages(1, 10), false);
	const seqs = window.messages.map(({ seq }) => seq);
	assert.deepEqual(
		seqs,
		makeMessages(1, 20)
			.map(({ seq }) => seq)
			.filter((seq) => seq !== 5 && seq !== 15),
	);
});
