import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_TIMELINE_MESSAGES, MessageWindow } from "./message-window.ts";
import { removed, said, saidAll } from "./testing/entries.ts";

/** The first and the last one, once it is sure that nothing between them is missing. */
function reach({ messages }: MessageWindow): [number, number] {
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
	window.restart(saidAll(from, to), from > 1);
	return window;
}

test("at the end, the oldest go when it is full", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.append(saidAll(301, 310));
	assert.deepEqual(reach(window), [11, 310]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("under somebody who reads further up, nothing goes: the newest wait", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append(saidAll(301, 310));
	window.append(saidAll(311, 312));
	assert.deepEqual(reach(window), [1, 300]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [false, true]);
});

test("paging up drops the newest, and paging down brings them back", () => {
	const window = windowOf(301, 600);
	window.following = false;
	window.pageAsked("older");
	window.pageArrived(saidAll(201, 300), true);
	assert.deepEqual(reach(window), [201, 500]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, true]);
	window.pageAsked("newer");
	window.pageArrived(saidAll(501, 600), false);
	assert.deepEqual(reach(window), [301, 600]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("the first page there is says that there is nothing above", () => {
	const window = windowOf(11, 20);
	window.pageAsked("older");
	window.pageArrived(saidAll(1, 10), false);
	assert.deepEqual(reach(window), [1, 20]);
	assert.equal(window.hasOlder, false);
});

test("what arrives while the last page is on its way is not lost", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append(saidAll(301, 310));
	window.pageAsked("newer");
	window.append(saidAll(311, 312));
	window.pageArrived(saidAll(301, 310), false);
	assert.deepEqual(reach(window), [13, 312]);
	assert.equal(window.hasNewer, false);
});

test("the newest page replaces what is on screen, with what arrives meanwhile", () => {
	const window = windowOf(1, MAX_TIMELINE_MESSAGES);
	window.following = false;
	window.append(saidAll(301, 900));
	window.pageAsked("newest");
	window.append([said(901)]);
	window.pageArrived(saidAll(801, 900), true);
	assert.deepEqual(reach(window), [801, 901]);
	assert.deepEqual([window.hasOlder, window.hasNewer], [true, false]);
});

test("a page from before what has been dropped meanwhile does not fit any more", () => {
	const window = windowOf(101, 400);
	window.pageAsked("older");
	window.append([said(401)]);
	window.pageArrived(saidAll(1, 100), false);
	assert.deepEqual(reach(window), [102, 401]);
	assert.equal(window.hasOlder, true);
});

test("a page that was asked before the room started over is nobody's", () => {
	const window = windowOf(101, 110);
	window.pageAsked("older");
	window.restart(saidAll(501, 550), true);
	window.pageArrived(saidAll(1, 100), false);
	assert.deepEqual(reach(window), [501, 550]);
});

test("M6 a removed message goes, also from a page that was read before", () => {
	const window = windowOf(11, 20);
	window.pageAsked("older");
	window.append([removed(21, 15), removed(22, 5)]);
	window.pageArrived(saidAll(1, 10), false);
	const seqs = window.messages.map(({ seq }) => seq);
	assert.deepEqual(
		seqs,
		saidAll(1, 20)
			.map(({ seq }) => seq)
			.filter((seq) => seq !== 5 && seq !== 15),
	);
});
