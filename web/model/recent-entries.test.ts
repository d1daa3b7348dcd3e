import assert from "node:assert/strict";
import { test } from "node:test";
import { RecentEntries } from "./recent-entries.ts";
import {
	ADA_USER,
	GRACE_USER,
	makeEdit,
	makeMessage,
	makeReaction,
	makeRemoval,
	makeStates,
} from "./testing/entries.ts";

function recentOf(...entries: Parameters<RecentEntries["add"]>[0]): RecentEntries {
	const recent = new RecentEntries(ADA_USER.id);
	recent.add(entries);
	return recent;
}

test("C1 entries that arrived before a page that was read before them are applied to it, each once", () => {
	const recent = recentOf(
		makeEdit(11, 2, "changed"),
		makeReaction(12, 2, ADA_USER),
		makeMessage(13, GRACE_USER, "a reply", { reply: 3, root: 3 }),
		makeRemoval(14, 1),
	);
	const page = recent.update(makeStates(1, 3), 10)!;
	assert.deepEqual(
		page.map(({ seq, rev, body }) => [seq, rev, body]),
		[
			[2, 12, "changed"],
			[3, 13, "grace 3"],
		],
	);
	assert.deepEqual(page[0]?.reactions, [{ emoji: "👍", count: 1, users: [ADA_USER], mine: true }]);
	assert.equal(page[1]?.replies, 1);
	assert.deepEqual(recent.update(page, 12), page);
});

test("a page that was read after the entries is not changed by them", () => {
	const recent = recentOf(makeReaction(11, 1, ADA_USER));
	const message = { ...makeStates(1, 1)[0]!, rev: 11 };
	assert.deepEqual(recent.update([message], 11), [message]);
});

test("an entry of an unknown kind changes nothing", () => {
	const unknown = { kind: "poll", seq: 11, target: 1, createdAt: 11 } as never;
	assert.deepEqual(recentOf(unknown).update(makeStates(1, 1), 10), makeStates(1, 1));
});

test("a page is refused if it is older than the entries that are kept, or than the copy of the log", () => {
	const recent = recentOf(...Array.from({ length: 1_001 }, (_, index) => makeReaction(10 + index, 1, GRACE_USER)));
	assert.equal(recent.update(makeStates(1, 1), 9), undefined);
	assert.notEqual(recent.update(makeStates(1, 1), 10), undefined);
	recent.restart(5_000);
	assert.equal(recent.update(makeStates(1, 1), 4_999), undefined);
	assert.notEqual(recent.update(makeStates(1, 1), 5_000), undefined);
});
