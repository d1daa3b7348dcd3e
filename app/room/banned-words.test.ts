import assert from "node:assert/strict";
import { test } from "node:test";
import { bannedWords } from "./banned-words.ts";

const isBanned = bannedWords("# what we do not say here\nfrak\n\n  Gorram \nnerf herder\ncafé\n");

for (const text of ["frak", "Oh FRAK!", "so gorram, really", "you nerf   herder", "Cafe?", "CAFÉ"]) {
	test(`"${text}" contains a banned word`, () => assert.ok(isBanned(text)));
}

for (const text of ["frakking", "a nerf and a herder", "what we do not say here", "#", "", "décafé"]) {
	test(`"${text}" contains no banned word`, () => assert.ok(!isBanned(text)));
}

test("an empty list bans nothing", () => assert.ok(!bannedWords("\n# nothing\n")("anything")));
