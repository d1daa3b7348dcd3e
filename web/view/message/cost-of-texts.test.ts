import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { type CostForm, CostSearch, costSentence } from "../../../load/kit/cost-search.ts";
import { Random } from "../../../load/kit/random.ts";
import { excerptOf } from "../../model/excerpt.ts";
import { mentionsIn } from "../../model/mentions.ts";
import { cleanText } from "../composer/clean-text.ts";
import { tokenBefore } from "../composer/completion.ts";
import { linkify } from "./linkify.ts";
import { isEmojiOnly } from "./markdown/emoji-only.ts";
import { parseMarkdown } from "./markdown/parse-markdown.ts";

const CHARS = 4_000;
const STEPS = 140;
/** The worst texts have a link or a mark at every few characters. A time that grows with the square is a thousand times as much. */
const MAX_RATIO = 40;
/** What people write. */
const PLAIN = "Hello **world**, have you read https://example.org/a?b=c#d by @ada yet? It is _good_ 👍. ";
/** CPU time of one measurement at least: clocks are coarse. */
const LEAST_US = 4_000;

const PEOPLE = [{ id: "a", name: "@".repeat(30) }];
const FUNCTIONS: Record<string, (text: string) => unknown> = {
	linkify,
	parseMarkdown: (text) => parseMarkdown(text),
	isEmojiOnly,
	excerptOf: (text) => excerptOf(text, 100),
	mentionsIn: (text) => mentionsIn(text, PEOPLE),
	cleanText,
	tokenBefore: (text) => tokenBefore(text, text.length),
};

/** Returns the CPU time of one call, in microseconds. */
function costOf(call: () => unknown): number {
	for (let times = 1; ; times *= 4) {
		const began = process.cpuUsage();
		for (let n = 0; n < times; n++) call();
		const { user, system } = process.cpuUsage(began);
		if (user + system >= LEAST_US) return (user + system) / times;
	}
}

test("no text costs the page much more than what people write, at the same length", async () => {
	const plain = ({ length }: string) => PLAIN.repeat(Math.ceil(length / PLAIN.length)).slice(0, length);
	const forms = Object.entries(FUNCTIONS).map(
		([name, call]): CostForm => ({ name, maxChars: CHARS, plain, cost: async (text) => costOf(() => call(text)) }),
	);
	const search = new CostSearch(forms, new Random("texts of the page"), MAX_RATIO);
	for (let step = 0; step < STEPS; step++) {
		const found = await search.step();
		assert.ok(found.ratio <= MAX_RATIO, costSentence(found));
	}
});
