import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalEmoji } from "../../../app/protocol/emoji.ts";
import data from "./data/emoji.json" with { type: "json" };
import { groupsOf, loadEmoji, loadTags } from "./emoji-data.ts";
import { SKIN_TONES, withTone } from "./skin-tone.ts";

const groups = groupsOf(data);
const all = groups.flatMap(({ emoji }) => emoji);

test("each emoji of the picker is fully qualified, in each skin tone", () => {
	for (const { emoji, label } of all) {
		// An older Node does not know the newest emoji; no form of them is one for it.
		if (canonicalEmoji(emoji) === undefined) continue;
		for (const { tone } of SKIN_TONES) {
			const toned = withTone(emoji, tone);
			assert.equal(canonicalEmoji(toned), toned, label);
		}
	}
});

test("each emoji is there once, with a label and a shortcode", () => {
	assert.equal(new Set(all.map(({ emoji }) => emoji)).size, all.length);
	assert.ok(all.length > 1_900, `${all.length}`);
	for (const { emoji, label, shortcodes } of all) {
		assert.ok(label.length > 1, emoji);
		assert.ok(shortcodes.length > 0 && shortcodes.every((code) => /^[\w+-]+$/.test(code)), `${emoji} ${shortcodes}`);
	}
	assert.deepEqual(
		groups.map(({ emoji }) => emoji[0]?.emoji),
		["😀", "👋", "🐵", "🍇", "🌍", "🎃", "👓", "🏧", "🏁"],
	);
});

test("the flags of countries have the browser's names", () => {
	const germany = all.find(({ emoji }) => emoji === "🇩🇪");
	assert.deepEqual(germany, { emoji: "🇩🇪", label: "flag: Germany", shortcodes: ["flag_de", "germany"] });
});

test("a tone changes each person, and nothing that has no tones", () => {
	assert.equal(withTone("👍", 3), "👍🏽");
	assert.equal(withTone("☝️", 1), "☝🏻");
	assert.equal(withTone("🧑‍🤝‍🧑", 5), "🧑🏿‍🤝‍🧑🏿");
	assert.equal(withTone("🕵️‍♀️", 4), "🕵🏾‍♀️");
	for (const emoji of ["😀", "👨‍👩‍👦", "❤️", "🇩🇪"]) assert.equal(withTone(emoji, 3), emoji);
	assert.equal(withTone("👍", 0), "👍");
});

test("what is loaded is what this runtime knows, and the tags belong to their emoji", async () => {
	const loaded = (await loadEmoji()).flatMap(({ emoji }) => emoji);
	assert.ok(loaded.length > 1_800 && loaded.every(({ emoji }) => canonicalEmoji(emoji) === emoji));
	const tags = await loadTags();
	assert.ok(tags.get("👍")?.includes("yes"), `${tags.get("👍")}`);
	assert.ok(tags.get("🍕")?.includes("cheese"), `${tags.get("🍕")}`);
});
