import type { Taken } from "./parse-markdown.ts";

/** A space ends the marks, so that ">_<" and ">:(" are text. */
const MARKED = /^ {0,3}>(?=>* +\S)/;
/** An empty line of a quote. */
const EMPTY = /^ {0,3}>+[ \t]*$/;

/** Takes the lines of a quote that begins on the line `at`, without one level of its marks. */
export function takeQuote(lines: string[], at: number): Taken<string[]> | undefined {
	const quoted: string[] = [];
	let end = at;
	for (; end < lines.length; end++) {
		const line = lines[end]!;
		if (MARKED.test(line)) quoted.push(line.replace(MARKED, "").replace(/^ /, ""));
		else if (end > at && EMPTY.test(line)) quoted.push("");
		else break;
	}
	return end > at ? { end, value: quoted } : undefined;
}
