import assert from "node:assert/strict";
import { test } from "node:test";
import { isEmojiOnly } from "./emoji-only.ts";

test("a few emoji are large", () => {
	for (const text of ["👍", "👍👍", "👩‍👩‍👧‍👦 ❤️", "\u2764", " 🎉\n🎉 ", "🇩🇪🇫🇷🏳️‍🌈", "😀😀😀😀😀😀"])
		assert.ok(isEmojiOnly(text), text);
	for (const text of ["", " ", "a", "1", "👍!", "hi 👍", "😀😀😀😀😀😀😀", ":)", "😀".repeat(4_000), "*😀*"])
		assert.ok(!isEmojiOnly(text), text.slice(0, 20));
});
