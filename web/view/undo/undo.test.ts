import assert from "node:assert/strict";
import { test } from "node:test";
import { UNDO_MS } from "../../model/undo-time.ts";
import { finishUndoable, offerUndo, undo, undoable } from "./undo.ts";

function recordedAct(log: string[], sentence: string) {
	return { sentence, finish: () => log.push(`${sentence} finished`), undo: () => log.push(`${sentence} undone`) };
}

test("an act is carried out after five seconds, unless it is undone", (t) => {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const log: string[] = [];
	offerUndo(recordedAct(log, "one"));
	assert.equal(undoable.value?.sentence, "one");
	t.mock.timers.tick(UNDO_MS - 1);
	assert.deepEqual(log, []);
	t.mock.timers.tick(1);
	assert.deepEqual([log, undoable.value], [["one finished"], undefined]);

	offerUndo(recordedAct(log, "two"));
	undo();
	undo();
	t.mock.timers.tick(2 * UNDO_MS);
	assert.deepEqual(log, ["one finished", "two undone"]);
});

test("a second act carries out the first, and a page that closes carries out the last", async (t) => {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const log: string[] = [];
	offerUndo(recordedAct(log, "one"));
	offerUndo(recordedAct(log, "two"));
	assert.deepEqual([log, undoable.value?.sentence], [["one finished"], "two"]);
	await finishUndoable();
	t.mock.timers.tick(UNDO_MS);
	assert.deepEqual(log, ["one finished", "two finished"]);
});
