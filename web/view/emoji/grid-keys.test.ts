import assert from "node:assert/strict";
import { test } from "node:test";
import { moveInGrid } from "./grid-keys.ts";

/** 20 cells in rows of 8: the last row has four. */
const move = (key: string, index: number, isCtrl = false) => moveInGrid(key, index, 20, 8, isCtrl);

test("the arrow keys move by a cell and a row, and stay in the grid", () => {
	assert.deepEqual(
		[move("ArrowRight", 7), move("ArrowRight", 19), move("ArrowLeft", 8), move("ArrowLeft", 0)],
		[8, 19, 7, 0],
	);
	assert.deepEqual(
		[move("ArrowDown", 3), move("ArrowDown", 10), move("ArrowDown", 14), move("ArrowDown", 17)],
		[11, 18, 19, 17],
	);
	assert.deepEqual([move("ArrowUp", 11), move("ArrowUp", 3)], [3, "before"]);
});

test("Home, End and the page keys", () => {
	assert.deepEqual(
		[move("Home", 11), move("End", 11), move("End", 17), move("Home", 11, true), move("End", 0, true)],
		[8, 15, 19, 0, 19],
	);
	assert.deepEqual([move("PageDown", 3), move("PageUp", 19)], [19, 3]);
	assert.equal(move("a", 0), undefined);
});
