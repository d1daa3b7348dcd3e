import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEntry } from "./apply-entry.ts";
import { REACTION_USERS } from "./limits.ts";
import type { Entry } from "./log.ts";
import type { Message } from "./message.ts";

const ada = { id: "a", name: "Ada" };
const ben = { id: "b", name: "Ben" };
const message: Message = { seq: 5, rev: 5, author: ada, createdAt: 1, body: "hello", mentions: ["b"] };
const edit: Entry = { kind: "edit", seq: 6, target: 5, author: ada, body: "hullo", createdAt: 2 };
const reaction = (seq: number, user = ben, on = true, emoji = "👍"): Entry => {
	return { kind: "reaction", seq, target: 5, user, emoji, on, createdAt: seq };
};
const apply = (entries: readonly Entry[], viewer?: string) =>
	entries.reduce<Message | undefined>((state, entry) => state && applyEntry(state, entry, viewer), message);

describe("applying an entry", () => {
	test("C1 an entry is applied once, and one that is older than the state is not", () => {
		const once = apply([edit]);
		assert.deepEqual(once, { seq: 5, rev: 6, author: ada, createdAt: 1, body: "hullo", editedAt: 2 });
		assert.equal(applyEntry(once!, edit), once);
		assert.equal(applyEntry({ ...message, rev: 9 }, reaction(8))?.reactions, undefined);
	});

	test("C1 an edit keeps the files of the message", () => {
		const files = [{ id: "1", name: "a.png", type: "image/png", bytes: 1 }];
		assert.deepEqual(applyEntry({ ...message, files }, edit)?.files, files);
	});

	test("C1 entries about other messages, erased ones and those of an unknown kind change nothing", () => {
		for (const entry of [
			{ ...edit, target: 4 },
			{ kind: "erased", seq: 7, createdAt: 1 },
			{ kind: "poll", seq: 7, target: 5, createdAt: 1 },
			{ kind: "message", seq: 7, author: ben, body: "hi", createdAt: 1 },
		])
			assert.equal(applyEntry(message, entry as Entry), message);
	});

	test("C2 an edit replaces the text with its mentions", () => {
		const { mentions, body, editedAt } = apply([{ ...edit, mentions: ["c"] }])!;
		assert.deepEqual({ mentions, body, editedAt }, { mentions: ["c"], body: "hullo", editedAt: 2 });
	});

	test("C3 a removed message is gone", () => {
		assert.equal(apply([{ kind: "removal", seq: 6, target: 5, createdAt: 2 }]), undefined);
	});

	test("C4 reactions are counted by emoji, with the viewer's own", () => {
		const state = apply([reaction(6), reaction(7, ada), reaction(8, ada, true, "🎉"), reaction(9, ben, false)], "a");
		assert.deepEqual(state?.reactions, [
			{ emoji: "👍", count: 1, users: [ada], mine: true },
			{ emoji: "🎉", count: 1, users: [ada], mine: true },
		]);
		const { reactions, rev } = apply([reaction(6), reaction(7, ben, false)])!;
		assert.deepEqual([reactions, rev], [undefined, 7]);
	});

	test("C4 a reaction names 20 people, and counts all", () => {
		const people = Array.from({ length: 30 }, (_, number) => ({ id: `u${number}`, name: `User ${number}` }));
		const state = apply(people.map((user, index) => reaction(6 + index, user)));
		const [{ count, users } = { count: 0, users: [] }] = state?.reactions ?? [];
		assert.deepEqual([count, users], [30, people.slice(0, REACTION_USERS)]);
		const less = applyEntry(state!, reaction(40, people[0]!, false))?.reactions?.[0];
		assert.deepEqual([less?.count, less?.users?.length], [29, 19]);
	});

	test("C5 a pin is set and lifted", () => {
		const pin = (seq: number, on: boolean): Entry => ({ kind: "pin", seq, target: 5, user: ada, on, createdAt: seq });
		assert.equal(apply([pin(6, true)])?.pinned, true);
		assert.ok(!("pinned" in apply([pin(6, true), pin(7, false)])!));
	});

	test("C6 the first message of a thread counts its replies, without those that were removed", () => {
		const reply = (seq: number): Entry => {
			return { kind: "message", seq, author: ben, body: "yes", reply: 5, root: 5, createdAt: seq };
		};
		const two = apply([reply(6), reply(7)])!;
		assert.deepEqual([two.replies, two.rev], [2, 7]);
		const removal = (seq: number, target: number): Entry => ({ kind: "removal", seq, target, root: 5, createdAt: 1 });
		assert.equal(applyEntry(two, removal(8, 7))?.replies, 1);
		assert.ok(!("replies" in apply([reply(6), removal(8, 6)])!));
	});
});
