import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessageItem } from "../../../model/item.ts";
import { ownChanges, ownMessages } from "./own-changes.ts";

const ME = { id: "me", name: "Ada" };
const GRACE = { id: "grace", name: "Grace" };
const LIKE = { emoji: "👍", count: 1, users: [GRACE] };

function message(changes: Partial<MessageItem> = {}): MessageItem {
	const base = { kind: "message", key: "1", author: ME, createdAt: 1, mine: true, state: "stored", seq: 1 } as const;
	return { ...base, content: { body: "Sounds good" }, ...changes };
}

function changed(before: MessageItem, now: MessageItem): string[] {
	return ownChanges(ownMessages([before]), ownMessages([now]), ME.id);
}

test("a reaction of somebody else to an own message is announced", () => {
	assert.deepEqual(changed(message(), message({ reactions: [LIKE] })), ['Grace reacted with 👍 to "Sounds good"']);
	assert.deepEqual(changed(message({ reactions: [LIKE] }), message()), [], "its removal is not");
});

test("one's own reactions, and those to messages of others, are not announced", () => {
	const own = { emoji: "👍", count: 1, users: [ME], mine: true as const };
	assert.deepEqual(changed(message(), message({ reactions: [own] })), []);
	const theirs = { mine: false, author: GRACE };
	assert.deepEqual(changed(message(theirs), message({ ...theirs, reactions: [LIKE] })), []);
});

test("what was there when the message was loaded is not announced", () => {
	assert.deepEqual(ownChanges(new Map(), ownMessages([message({ reactions: [LIKE] })]), ME.id), []);
	assert.deepEqual(changed(message({ reactions: [LIKE] }), message({ reactions: [LIKE] })), []);
});

test("an edit is announced when it is saved, and with the text if it was made elsewhere", () => {
	const edit = { clientId: "c", state: "sending", body: "Sounds great" } as const;
	const content = { body: "Sounds great" };
	assert.deepEqual(changed(message(), message({ content, edit })), [], "pending");
	assert.deepEqual(changed(message({ content, edit }), message({ content, editedAt: 5 })), ["Your edit was saved."]);
	assert.deepEqual(changed(message(), message({ content, editedAt: 5 })), ['Your message was edited: "Sounds great"']);
});
