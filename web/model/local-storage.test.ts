import assert from "node:assert/strict";
import { test } from "node:test";
import { openLocalStorage } from "./local-storage.ts";
import { localStorageInMemory } from "./testing/local-storage-in-memory.ts";

test("values are kept as JSON until they are removed", () => {
	const storage = localStorageInMemory();
	assert.equal(storage.get("rooms"), undefined);
	storage.set("rooms", ["lobby"]);
	assert.deepEqual(storage.get("rooms"), ["lobby"]);
	storage.remove("rooms");
	assert.equal(storage.get("rooms"), undefined);
});

test("null and text that is not JSON are undefined", () => {
	const storage = localStorageInMemory();
	storage.set("current", null);
	assert.equal(storage.get("current"), undefined);
	const edited = openLocalStorage(() => ({ getItem: () => "{", setItem: () => {}, removeItem: () => {} }));
	assert.equal(edited.get("rooms"), undefined);
});

test("blocked storage is empty and does not throw", () => {
	const storage = openLocalStorage(() => {
		throw new DOMException("denied", "SecurityError");
	});
	storage.set("rooms", ["lobby"]);
	storage.remove("rooms");
	assert.equal(storage.get("rooms"), undefined);
});
