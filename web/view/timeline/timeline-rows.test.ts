import assert from "node:assert/strict";
import { test } from "node:test";
import type { Item, MessageItem } from "../../model/item.ts";
import { createTimeFormat } from "../message/time-format.ts";
import { GROUP_GAP_MS, rowsOf, type TimelineRow } from "./timeline-rows.ts";

const NOON = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 24 * 60 * 60_000;
const { dayKey } = createTimeFormat("en-GB", "UTC");

function message(seq: number, author: string, createdAt: number): MessageItem {
	const user = { id: `id of ${author}`, name: author };
	const content = { body: `message ${seq}` };
	return { kind: "message", key: `m${seq}`, author: user, createdAt, content, mine: false, state: "stored", seq };
}

/** Returns rows in short form: kinds, and the keys of messages with ( and ) around a group. */
function sketch(rows: TimelineRow[]): string {
	return rows
		.map((row) => (row.kind === "message" ? `${row.first ? "(" : ""}${row.key}${row.last ? ")" : ""}` : row.kind))
		.join(" ");
}

test("no items, no rows", () => {
	assert.deepEqual(rowsOf([], undefined, dayKey), []);
});

test("messages of one author within five minutes are a group", () => {
	const items = [message(1, "ada", NOON), message(2, "ada", NOON + 60_000), message(3, "bob", NOON + 61_000)];
	assert.equal(sketch(rowsOf(items, undefined, dayKey)), "day (m1 m2) (m3)");
});

test("a pause, another name, or another item starts a new group", () => {
	const pause = [message(1, "ada", NOON), message(2, "ada", NOON + GROUP_GAP_MS)];
	assert.equal(sketch(rowsOf(pause, undefined, dayKey)), "day (m1) (m2)");

	const renamed = { ...message(2, "ada", NOON), author: { id: "id of ada", name: "ada lovelace" } };
	assert.equal(sketch(rowsOf([message(1, "ada", NOON), renamed], undefined, dayKey)), "day (m1) (m2)");

	const left: Item = { kind: "presence", key: "p", joined: [], left: [{ id: "b", name: "bob" }], at: NOON };
	assert.equal(
		sketch(rowsOf([message(1, "ada", NOON), left, message(2, "ada", NOON)], undefined, dayKey)),
		"day (m1) presence (m2)",
	);
});

test("each day has one separator, which ends a group", () => {
	const items = [message(1, "ada", NOON), message(2, "ada", NOON + 12 * 3_600_000), message(3, "ada", NOON + DAY_MS)];
	assert.equal(sketch(rowsOf(items, undefined, dayKey)), "day (m1) day (m2) (m3)");
});

test("a clock that is set back adds no second separator", () => {
	const items = [message(1, "ada", NOON), message(2, "bob", NOON - DAY_MS), message(3, "ada", NOON)];
	assert.equal(sketch(rowsOf(items, undefined, dayKey)), "day (m1) (m2) (m3)");
});

test("the separator for unread messages is above the first one, once", () => {
	const items = [message(4, "ada", NOON), message(5, "ada", NOON), message(6, "ada", NOON)];
	assert.equal(sketch(rowsOf(items, 5, dayKey)), "day (m4) unread (m5 m6)");
	assert.equal(sketch(rowsOf(items, 7, dayKey)), "day (m4 m5 m6)");
});

test("a row that has not changed is the same object, also beside new ones", () => {
	const items = [message(1, "ada", NOON), message(2, "ada", NOON), message(3, "bob", NOON)];
	const [, first, second] = rowsOf(items.slice(0, 2), undefined, dayKey);
	const after = rowsOf(items, undefined, dayKey);
	assert.equal(after[1], first);
	assert.equal(after[2], second);
	const [, ended] = rowsOf(items.slice(0, 1), undefined, dayKey);
	assert.notEqual(ended, first, "its group ends now");
});

test("keys are unique", () => {
	const items = [message(1, "ada", NOON), message(2, "ada", NOON + DAY_MS), message(3, "ada", NOON + 2 * DAY_MS)];
	const keys = rowsOf(items, 2, dayKey).map((row) => row.key);
	assert.equal(new Set(keys).size, keys.length);
});
