import assert from "node:assert/strict";
import { test } from "node:test";
import { matchingItems, type PaletteGroup, type PaletteItem } from "./palette-items.ts";

const item = (group: PaletteGroup, label: string): PaletteItem => ({ key: label, group, label, run() {} });
const items = [
	item("Commands", "Settings"),
	item("People", "Séverine"),
	...["tea set", "sets", "kitchen"].map((room) => item("Rooms", room)),
];
const labels = (text: string) => matchingItems(items, text).map(({ label }) => label);

test("rooms come before people and commands, and beginnings first", () => {
	assert.deepEqual(labels("set"), ["sets", "tea set", "Settings"]);
	assert.deepEqual(labels("SE"), ["sets", "tea set", "Séverine", "Settings"]);
	assert.deepEqual(labels("nothing"), []);
});

test("without a text there are rooms and commands", () => {
	assert.deepEqual(labels(" "), ["Settings", "tea set", "sets", "kitchen"]);
});
