/** Measures how long the parser of Markdown takes for the texts that are the worst for it. */
import { EXIT_CODE, readFlags, runCommand, SWITCH } from "../../load/kit/cli.ts";
import { mentionNames } from "../../web/view/message/markdown/mention-names.ts";
import { parseMarkdown } from "../../web/view/message/markdown/parse-markdown.ts";
import { hostileTexts } from "../../web/view/testing/hostile-texts.ts";

const CHARS = 10_000;
const ROUNDS = 5;
/** The CPU clock may have steps of several milliseconds. */
const CALLS_PER_ROUND = 20;
const GOAL_MS = 5;
const SHOWN = 8;

const HELP = `Measures the CPU time that Markdown of ${CHARS} characters takes to be parsed, at its worst.

  npm run measure:markdown

The time of a text is the mean of ${CALLS_PER_ROUND} times in the fastest of ${ROUNDS} rounds. Exits with 1 if one takes more than ${GOAL_MS} ms.`;

await runCommand(async (args) => {
	if (readFlags("npm run measure:markdown", args, { help: SWITCH }).help) {
		console.log(HELP);
		return EXIT_CODE.passed;
	}
	// Names that almost match each "@" of "@@@@…".
	const names = mentionNames(["a", "b"], (id) => "@".repeat(30) + id);
	const rows = [...hostileTexts(CHARS)].map(([name, text]) => {
		const [small, large] = [text.slice(0, CHARS / 4), text].map((part) => fastest(() => parseMarkdown(part, names)));
		return { name, small: small!, large: large! };
	});
	rows.sort((a, b) => b.large - a.large);
	console.log(`${rows.length} texts of ${CHARS} characters. The slowest, and a quarter of each:`);
	for (const { name, small, large } of rows.slice(0, SHOWN))
		console.log(`  ${large.toFixed(2).padStart(6)} ms ${small.toFixed(2).padStart(6)} ms  ${name}`);
	return rows[0]!.large <= GOAL_MS ? EXIT_CODE.passed : EXIT_CODE.failed;
});

/** Milliseconds of CPU time, which other programs on the machine change less. */
function fastest(call: () => void): number {
	const times = Array.from({ length: ROUNDS }, () => {
		const before = process.threadCpuUsage();
		for (let calls = 0; calls < CALLS_PER_ROUND; calls++) call();
		const { user, system } = process.threadCpuUsage(before);
		return (user + system) / 1_000 / CALLS_PER_ROUND;
	});
	return Math.min(...times);
}
