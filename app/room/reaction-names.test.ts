import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE_REACTION_USERS } from "../protocol/limits.ts";
import type { Message } from "../protocol/message.ts";
import { withBoundedNames } from "./reaction-names.ts";

const author = { id: "a", name: "Ada" };
const people = Array.from({ length: 20 }, (_, number) => ({ id: `u${number}`, name: `User ${number}` }));
const message = (seq: number, kinds: number): Message => ({
	seq,
	rev: seq,
	author,
	createdAt: seq,
	body: "hello",
	reactions: Array.from({ length: kinds }, (_, kind) => ({ emoji: `emoji ${kind}`, count: 30, users: people })),
});

test("C4 a page names a bounded number of people who reacted, those of the newest messages first", () => {
	const page = withBoundedNames([message(1, 2), message(2, 1), message(3, 3), message(4, 1)]);
	const names = page.map(({ reactions = [] }) => reactions.map(({ users }) => users?.length));
	assert.deepEqual(names, [[undefined, undefined], [undefined], [20, 20, undefined], [20]]);
	assert.equal(PAGE_REACTION_USERS, 60);
	assert.ok(page.every(({ reactions = [] }) => reactions.every(({ count }) => count === 30)));
});

test("C4 a page with few reactions is not changed", () => {
	const messages = [message(1, 1), { ...message(2, 0), reactions: undefined } as unknown as Message];
	assert.deepEqual(withBoundedNames(messages), messages);
});
