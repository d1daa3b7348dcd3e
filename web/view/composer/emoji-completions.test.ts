import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { localStorageInMemory } from "../../model/testing/local-storage-in-memory.ts";
import { loadEmoji } from "../emoji/emoji-data.ts";
import { keepTone } from "../emoji/emoji-preferences.ts";
import { emojiCompletions, emojiSource } from "./emoji-completions.ts";

const groups = await loadEmoji();
const found = (query: string) => emojiCompletions(groups, query).map(({ emoji, shortcode }) => `${emoji} ${shortcode}`);

test("shortcodes are completed, the shortest first", () => {
	assert.equal(found("smile")[0], "😄 smile");
	assert.equal(found("+1")[0], "👍 +1");
	assert.equal(found("THUMBSUP")[0], "👍 thumbsup");
	assert.ok(found("flag_d").includes("🇩🇪 flag_de"));
	assert.ok(
		found("eyes").some((each) => each.endsWith("_eyes")),
		"a later word",
	);
	assert.equal(found("sm").length, 8);
	for (const query of ["", "D", "p", "qqq"]) assert.deepEqual(found(query), []);
});

test("the source loads the data for the first colon, and uses the chosen skin tone", async () => {
	const storage = localStorageInMemory();
	const source = emojiSource(storage);
	assert.deepEqual(source(""), []);
	await setImmediate();
	keepTone(storage, 2);
	assert.deepEqual(source("+1")[0], { key: "👍", insert: "👍🏼", icon: "👍🏼", label: ":+1:" });
});
