import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_TIMELINE_MESSAGES, MessageWindow } from "./message-window.ts";
import { RecentEntries } from "./recent-entries.ts";
import {
	ADA_USER,
	GRACE_USER,
	makeEdit,
	makeMessage,
	makeMessages,
	makePage,
	makePin,
	makeReaction,
	makeRemoval,
	makeStates,
} from "./testing/entries.ts";

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

/** A window that receives entries as a room's does. */
function windowOf(from: number, to: number): MessageWindow {
	const recent = new RecentEntries(ADA_USER.id);
	const window = new MessageWindow({ viewer: ADA_USER.id, recent });
	window.restart(makeStates(from, to), from > 1);
	const { append } = window;
	window.append = (entries) => {
		recent.add(entries);
		append.call(window, entries);
	};
	return window;
}

test("at the end, a full window drops the oldest messages", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.append(makeMessages(301, 310));
	assert.deepEqual(range(window), [11, 310]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
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
	window.pageLoaded(makePage(makeStates(201, 300), true));
	assert.deepEqual(range(window), [201, 500]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, true]);
	window.pageRequested("newer");
	window.pageLoaded(makePage(makeStates(501, 600), false));
	assert.deepEqual(range(window), [301, 600]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("after the first page of the room there are no older messages", () => {
	const window = windowOf(11, 20);
	window.pageRequested("older");
	window.pageLoaded(makePage(makeStates(1, 10), false));
	assert.deepEqual(range(window), [1, 20]);
	assert.equal(window.hasOlder, false);
});

test("messages that arrive while the last page is loading are kept", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append(makeMessages(301, 310));
	window.pageRequested("newer");
	window.append(makeMessages(311, 312));
	window.pageLoaded(makePage(makeStates(301, 310), false));
	assert.deepEqual(range(window), [13, 312]);
	assert.equal(window.hasNewer, false);
});

test("the newest page replaces the messages, including those that arrive while it is loading", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append(makeMessages(301, 900));
	window.pageRequested("newest");
	window.append([makeMessage(901)]);
	window.pageLoaded(makePage(makeStates(801, 900), true));
	assert.deepEqual(range(window), [801, 901]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("a page before messages that have been dropped meanwhile is ignored", () => {
	const window = windowOf(101, 400);
	window.pageRequested("older");
	window.append([makeMessage(401)]);
	window.pageLoaded(makePage(makeStates(1, 100), false));
	assert.deepEqual(range(window), [102, 401]);
	assert.equal(window.hasOlder, true);
});

test("a page that was requested before a restart is ignored", () => {
	const window = windowOf(101, 110);
	window.pageRequested("older");
	window.restart(makeStates(501, 550), true);
	window.pageLoaded(makePage(makeStates(1, 100), false));
	assert.deepEqual(range(window), [501, 550]);
});

test("M6 a removed message is dropped, also from a page that was read before", () => {
	const window = windowOf(11, 20);
	window.pageRequested("older");
	window.append([makeRemoval(21, 15), makeRemoval(22, 5)]);
	window.pageLoaded(makePage(makeStates(1, 10), false));
	const seqs = window.messages.map(({ seq }) => seq);
	assert.deepEqual(
		seqs,
		makeMessages(1, 20)
			.map(({ seq }) => seq)
			.filter((seq) => seq !== 5 && seq !== 15),
	);
});

test("C1 entries change the messages of the window, each once", () => {
	const window = windowOf(1, 3);
	window.append([makeReaction(4, 2, ADA_USER), makeEdit(5, 2, "changed"), makePin(6, 2), makeReaction(4, 2, ADA_USER)]);
	const { body, editedAt, pinned, reactions, rev } = window.find(2)!;
	assert.deepEqual([body, editedAt, pinned, rev], ["changed", 5, true, 6]);
	assert.deepEqual(reactions, [{ emoji: "👍", count: 1, users: [ADA_USER], mine: true }]);
});

test("replies are counted on their first message, if it is in the window", () => {
	const window = windowOf(5, 6);
	window.append([
		makeMessage(7, GRACE_USER, "one", { reply: 5, root: 5 }),
		makeMessage(8, GRACE_USER, "two", { reply: 7, root: 5 }),
		makeMessage(9, GRACE_USER, "elsewhere", { reply: 1, root: 1 }),
		makeRemoval(10, 7, 5),
	]);
	assert.equal(window.find(5)?.replies, 1);
	window.append([makeRemoval(11, 8, 5)]);
	assert.equal("replies" in window.find(5)!, false);
});

test("C1 an edit and a reaction that arrive before the page with their target are applied to it", () => {
	const window = windowOf(11, 20);
	window.pageRequested("older");
	window.append([makeEdit(21, 5, "changed"), makeReaction(22, 5, GRACE_USER)]);
	window.pageLoaded(makePage(makeStates(1, 10), false, 20));
	assert.deepEqual([window.find(5)?.body, window.find(5)?.rev], ["changed", 22]);
});

test("C1 a page with a newer state replaces a message, and entries before that state do not change it again", () => {
	const window = windowOf(1, 20);
	window.pageRequested("newest");
	const reacted = { emoji: "👍", count: 1, users: [GRACE_USER] };
	window.pageLoaded(makePage([{ ...makeStates(20, 20)[0]!, rev: 22, reactions: [reacted] }], true, 23));
	window.append([makeReaction(21, 20, GRACE_USER, "👎"), makeReaction(22, 20, GRACE_USER)]);
	assert.deepEqual(window.find(20)?.reactions, [reacted]);
});

test("a message that a page brought before its entry is there once", () => {
	const window = windowOf(1, 20);
	window.pageRequested("newest");
	window.pageLoaded(makePage(makeStates(1, 22), false, 22));
	window.append(makeMessages(21, 23));
	assert.deepEqual(range(window), [1, 23]);
});

test("a page around a message replaces the window, which then lacks messages on both sides", () => {
	const window = windowOf(301, 400);
	window.pageRequested("around");
	window.append([makeMessage(401)]);
	window.pageLoaded({ ...makePage(makeStates(101, 200), true, 400), moreAfter: true });
	assert.deepEqual(range(window), [101, 200]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, true]);
	window.append([makeMessage(402)]);
	assert.deepEqual(range(window), [101, 200]);
	assert.deepEqual([window.covers(100), window.covers(150), window.covers(201)], [false, true, false]);
});

test("messages that changed while the last page was loading are merged in their newest state", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append([makeMessage(301)]);
	window.pageRequested("newer");
	window.append([makeMessage(302), makeMessage(303), makeEdit(304, 302, "changed"), makeRemoval(305, 303)]);
	window.pageLoaded(makePage(makeStates(301, 301), false, 301));
	assert.equal(window.find(302)?.body, "changed");
	assert.equal(window.find(303), undefined);
});

test("a page that is too old to be brought up to date is refused", () => {
	const window = windowOf(11, 20);
	window.pageRequested("older");
	window.append(Array.from({ length: 1_001 }, (_, index) => makeReaction(21 + index, 11, GRACE_USER)));
	assert.equal(window.pageLoaded(makePage(makeStates(1, 10), false, 20)), false);
	assert.deepEqual(range(window), [11, 20]);
});
