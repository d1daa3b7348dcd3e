import assert from "node:assert/strict";
import { test } from "node:test";
import { type BuildItemsInput, buildItems } from "./build-items.ts";
import type { SystemItem } from "./item.ts";
import { MessageItems } from "./message-items.ts";
import type { PendingMessage } from "./pending.ts";
import { ADA_USER, GRACE_USER, makeMessage } from "./testing/entries.ts";

const WELCOME: SystemItem = { kind: "welcome", key: "welcome", at: 0 };

function input(change: Partial<BuildItemsInput> = {}): BuildItemsInput {
	return {
		me: ADA_USER.id,
		cursor: { epoch: "e", seq: 3 },
		messages: [makeMessage(1, ADA_USER), makeMessage(2), makeMessage(3, ADA_USER)],
		hasOlder: false,
		hasNewer: false,
		pending: [],
		clientIds: new Map(),
		systemItems: [],
		messageItems: new MessageItems({ me: ADA_USER, pending: [], lookup: () => undefined }),
		...change,
	};
}

function pending(change: Partial<PendingMessage> = {}): PendingMessage {
	const content = { body: "hello" };
	return {
		kind: "message",
		clientId: "mine",
		room: "lobby",
		content,
		createdAt: 0,
		order: 1,
		state: "sending",
		...change,
	};
}

const keys = (change: Partial<BuildItemsInput>) => buildItems(input(change)).map(({ key }) => key);

test("M4 a message that was never sent holds nothing back, and older entries are never held back", () => {
	assert.deepEqual(keys({ pending: [pending({ state: "queued" })] }), ["1", "2", "3", "mine"]);
	assert.deepEqual(keys({ pending: [pending({ after: { epoch: "e", seq: 3 } })] }), ["1", "2", "3", "mine"]);
	assert.deepEqual(keys({ pending: [pending({ after: { epoch: "e", seq: 2 } })] }), ["1", "2", "mine"]);
});

test("M4 with a cursor of another epoch or an unknown one, every own message is held back", () => {
	assert.deepEqual(keys({ pending: [pending({ after: { epoch: "before", seq: 9 } })] }), ["2", "mine"]);
	assert.deepEqual(keys({ pending: [pending({ after: "unknown" })] }), ["2", "mine"]);
});

test("M4 an own message with an ack keeps the key of its pending message and is never held back", () => {
	const sending = [pending({ after: { epoch: "e", seq: 0 } })];
	assert.deepEqual(keys({ clientIds: new Map([[3, "first"]]), pending: sending }), ["2", "first", "mine"]);
});

test("a stored message is drawn as pending only until the log shows it", () => {
	assert.deepEqual(keys({ pending: [pending({ state: "stored", seq: 4 })] }), ["1", "2", "3", "mine"]);
	assert.deepEqual(keys({ pending: [pending({ state: "stored", seq: 3 })] }), ["1", "2", "3"]);
});

test("a message of a closed tab is not drawn and holds nothing back", () => {
	assert.deepEqual(keys({ pending: [pending({ after: { epoch: "e", seq: 1 }, hidden: true })] }), ["1", "2", "3"]);
});

test("a system item is placed after its seq, and left out before the first message of the window", () => {
	const systemItems = [{ after: 1, item: WELCOME }];
	assert.deepEqual(keys({ systemItems }), ["1", "welcome", "2", "3"]);
	const later = { messages: [makeMessage(8), makeMessage(9)], systemItems };
	assert.deepEqual(keys({ ...later, hasOlder: true }), ["8", "9"]);
	assert.deepEqual(keys({ ...later, hasOlder: false }), ["welcome", "8", "9"]);
});

test("before the end of the log neither pending messages nor later system items are drawn", () => {
	const systemItems = [{ after: 3, item: WELCOME }];
	assert.deepEqual(keys({ hasNewer: true, pending: [pending()], systemItems }), ["1", "2", "3"]);
});

test("unchanged items stay the same objects", () => {
	const messages = [makeMessage(1, GRACE_USER)];
	const waiting = [pending({ state: "queued" })];
	const before = buildItems(input({ messages, pending: waiting }));
	const after = buildItems(input({ messages: [...messages, makeMessage(2)], pending: waiting }));
	assert.equal(after[0], before[0]);
	assert.equal(after.at(-1), before.at(-1));
});
