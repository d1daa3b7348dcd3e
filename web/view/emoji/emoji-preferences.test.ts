import assert from "node:assert/strict";
import { test } from "node:test";
import { localStorageInMemory } from "../../model/testing/local-storage-in-memory.ts";
import { addRecentEmoji, keepTone, keptTone, MAX_RECENT, recentEmoji } from "./emoji-preferences.ts";

test("the emoji used last come first, each once", () => {
	const storage = localStorageInMemory();
	for (const emoji of ["👍", "😀", "👍🏽", "👍"]) addRecentEmoji(storage, emoji);
	assert.deepEqual(recentEmoji(storage), ["👍", "👍🏽", "😀"]);
	for (let tone = 0; tone < 40; tone++) addRecentEmoji(storage, String.fromCodePoint(0x1f600 + tone));
	assert.equal(recentEmoji(storage).length, MAX_RECENT);
});

test("what a user has written into the storage does no harm", () => {
	const storage = localStorageInMemory();
	for (const value of [undefined, 1, "👍", { 0: "👍" }, [1, null, "<b>", "👍👍", ":smile:"]]) {
		storage.set("emoji.recent", value);
		storage.set("emoji.tone", value);
		assert.deepEqual(recentEmoji(storage), []);
	}
	assert.equal(keptTone(storage), 0);
	keepTone(storage, 4);
	assert.equal(keptTone(storage), 4);
});
