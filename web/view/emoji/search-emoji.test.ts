import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEmoji, loadTags } from "./emoji-data.ts";
import { searchEmoji } from "./search-emoji.ts";

const [groups, tags] = await Promise.all([loadEmoji(), loadTags()]);
const search = (query: string) => searchEmoji(groups, tags, query, 50).map(({ emoji }) => emoji);

test("shortcodes, labels and tags are searched, the best first", () => {
	assert.equal(search("thumbsup")[0], "👍");
	assert.equal(search("Pizza")[0], "🍕");
	assert.ok(search("yes").includes("👍"));
	assert.ok(search("thumbs down").includes("👎") && !search("thumbs down").includes("👍"));
	assert.equal(search("germany")[0], "🇩🇪");
	assert.ok(search("cote").includes("🇨🇮"), "without accents");
	assert.ok(search("heart").includes("❤️"));
	assert.deepEqual(search("  "), []);
	assert.deepEqual(search("qqq"), []);
	assert.equal(searchEmoji(groups, tags, "a", 10).length, 10);
});

test("without the tags the search finds less and does not fail", () => {
	assert.equal(searchEmoji(groups, new Map(), "pizza", 5)[0]?.emoji, "🍕");
});
