import assert from "node:assert/strict";
import { test } from "node:test";
import { targetOfKey } from "./row-keys.ts";

const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test("arrows, Home and End move between the rows and stop at the first and the last", () => {
	const from = (index: number) => (key: string) => targetOfKey({ ...NONE, key }, index, 5);
	assert.deepEqual(["ArrowUp", "ArrowDown", "Home", "End"].map(from(2)), [1, 3, 0, 4]);
	assert.equal(from(0)("ArrowUp"), 0);
	assert.equal(from(4)("ArrowDown"), 4);
});

test("other keys, and arrows with a modifier, do nothing", () => {
	assert.equal(targetOfKey({ ...NONE, key: "r" }, 2, 5), undefined);
	for (const modifier of ["altKey", "ctrlKey", "metaKey", "shiftKey"])
		assert.equal(targetOfKey({ ...NONE, key: "ArrowUp", [modifier]: true }, 2, 5), undefined);
});
