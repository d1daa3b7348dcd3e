import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlacedItem } from "./build-items.ts";
import { foldAccess } from "./fold-access.ts";
import type { AccessEntry } from "./item.ts";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";

const added = (seq: number): AccessEntry => {
	return { kind: "member", seq, createdAt: seq * 1_000, by: ADA_USER, user: GRACE_USER, role: "member" };
};

test("entries that follow each other are one item, and another entry between them begins a new one", () => {
	let keys = 0;
	let items: PlacedItem[] = [];
	for (const seq of [3, 4, 6]) items = foldAccess(items, added(seq), () => `key ${++keys}`);
	assert.deepEqual(
		items.map(({ after, item }) => [after, item.key, item.at, item.kind === "access" && item.entries.length]),
		[
			[4, "key 1", 4_000, 2],
			[6, "key 2", 6_000, 1],
		],
	);
});
