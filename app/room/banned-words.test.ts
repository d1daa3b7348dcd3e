import assert from "node:assert/strict";
import { test } from "node:test";
import { bannedWords } from "./banned-words.ts";

const isBanned = bannedWords("# what we do not say here\nfrak\n\n  Gorram \nnerf herder\ncafé\n");

for (const text of [
	"frak",
	"Oh FRAK!",
	"so gorram, really",
	"you nerf   herder",
	"Cafe?",
	"CAFÉ",
	"f\u00adr\u200ba\u200dk",
	"nerf\n\nher\u2060der",
]) {
	test(`"${text}" contains a banned word`, () => assert.ok(isBanned(text)));
}

for (const text of ["frakking", "a nerf and a herder", "what we do not say here", "#", "", "décafé"]) {
	test(`"${text}" contains no banned word`, () => assert.ok(!isBanned(text)));
}

test("an empty list bans nothing", () => assert.ok(!bannedWords("\n# nothing\n")("anything")));

/** Returns the least CPU time in microseconds of several searches. */
function costOf(search: (text: string) => boolean, text: string): number {
	const costs = Array.from({ length: 10 }, () => {
		const start = process.cpuUsage();
		assert.ok(!search(text));
		return process.cpuUsage(start).user;
	});
	return Math.min(...costs);
}

test("the search takes a time in proportion to the number of accents in a row", () => {
	const accents = (count: number) => "\u0301\u0316".repeat(count / 2);
	const search = bannedWords("frak");
	const [few, many] = [costOf(search, accents(2_000)), costOf(search, accents(32_000))];
	// With a sort of all of them it is 256 times as long.
	assert.ok(many < 80 * Math.max(few, 1_000), `${many} µs for 32,000, ${few} µs for 2,000`);
});

test("the search does not take longer for a longer phrase, also in a text that grows when it is normalised", () => {
	const text = "\ufdfa".repeat(4_000);
	const word = costOf(bannedWords("frak"), text);
	// A search that compares the whole phrase at each word takes hundreds of times as long.
	const phrase = costOf(bannedWords(`${Array.from({ length: 400 }, () => "صلى").join(" ")} frak`), text);
	// Some systems count CPU time in steps of milliseconds.
	assert.ok(phrase < 20 * Math.max(word, 2_000), `${phrase} µs for a phrase, ${word} µs for a word`);
});
