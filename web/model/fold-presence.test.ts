import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlacedItem } from "./build-items.ts";
import { foldPresence } from "./fold-presence.ts";

const HOUR_MS = 3_600_000;

/** Applies changes such as "bob joined" and "bob left", each with a time and the seq before it. Returns the items in short form. */
function fold(...changes: [change: string, at?: number, after?: number][]): string[] {
	let keys = 0;
	let items: PlacedItem[] = [];
	for (const [text, at = 0, after = 1] of changes) {
		const [name = "", change] = text.split(" ") as [string, "joined" | "left"];
		items = foldPresence(items, { user: { id: name, name }, change, at, after }, () => `key ${++keys}`);
	}
	const names = (users: readonly { name: string }[]) => users.map(({ name }) => name).join(" ");
	return items.map(({ after, item }) =>
		item.kind === "presence" ? `${after} ${item.key}: +${names(item.joined)} -${names(item.left)}` : item.kind,
	);
}

test("joins and leaves without a message between them are one item, which keeps its key", () => {
	assert.deepEqual(fold(["ada left"], ["bob joined"], ["eve joined"]), ["1 key 1: +bob eve -ada"]);
});

test("a message starts another item", () => {
	assert.deepEqual(fold(["bob joined"], ["eve joined", 0, 2]), ["1 key 1: +bob -", "2 key 2: +eve -"]);
});

test("a join and a leave of one user cancel each other", () => {
	assert.deepEqual(fold(["bob joined"], ["bob left", HOUR_MS]), []);
	assert.deepEqual(fold(["bob joined"], ["eve joined"], ["bob left"]), ["1 key 1: +eve -"]);
	assert.deepEqual(fold(["bob left"], ["bob joined", HOUR_MS]), []);
});

test("a slow reload takes the leave back, also after a message, and a later return does not", () => {
	assert.deepEqual(fold(["bob left"], ["bob joined", 59_000, 2]), []);
	assert.deepEqual(fold(["bob left"], ["bob joined", 61_000, 2]), ["1 key 1: + -bob", "2 key 2: +bob -"]);
	assert.deepEqual(fold(["bob joined"], ["bob left", 1_000, 2]), ["1 key 1: +bob -", "2 key 2: + -bob"]);
});
