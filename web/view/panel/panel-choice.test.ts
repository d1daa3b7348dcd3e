import assert from "node:assert/strict";
import { test } from "node:test";
import { localStorageInMemory } from "../../model/testing/local-storage-in-memory.ts";
import { createPanelChoice } from "./panel-choice.ts";

test("no panel is open at first, and an open one is remembered until it is closed", () => {
	const storage = localStorageInMemory();
	const panel = createPanelChoice(storage);
	assert.equal(panel.open.value, undefined);
	panel.set("people");
	assert.equal(createPanelChoice(storage).open.value, "people");
	panel.set(undefined);
	assert.equal(createPanelChoice(storage).open.value, undefined);
});

test("a panel that no longer exists is not opened", () => {
	const storage = localStorageInMemory();
	storage.set("panel", "weather");
	assert.equal(createPanelChoice(storage).open.value, undefined);
});
