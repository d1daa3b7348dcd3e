/** The code between the backticks, and the range with them. */
export type CodeSpan = { start: number; end: number; text: string };

/** Finds `code` and ``co`de``: a run of backticks and the next run of the same length on the line. */
export function findCodeSpans(text: string): CodeSpan[] {
	if (!text.includes("`")) return [];
	const runs = [...text.matchAll(/`+|\n/g)].map((match) => ({ start: match.index, run: match[0] }));
	const closing = closingRuns(runs.map(({ run }) => run));
	const spans: CodeSpan[] = [];
	for (let index = 0; index < runs.length; index++) {
		const closer = closing[index];
		if (closer === undefined) continue;
		const { start, run } = runs[index]!;
		const end = runs[closer]!.start;
		spans.push({ start, end: end + run.length, text: withoutPadding(text.slice(start + run.length, end)) });
		index = closer;
	}
	return spans;
}

/** Returns for each run the index of the next one that is equal, up to the end of the line. Reads them from the end, once. */
function closingRuns(runs: string[]): (number | undefined)[] {
	const closing: (number | undefined)[] = new Array(runs.length);
	const nextOfLength = new Map<number, number>();
	for (let index = runs.length - 1; index >= 0; index--) {
		const run = runs[index]!;
		if (run === "\n") {
			nextOfLength.clear();
			continue;
		}
		closing[index] = nextOfLength.get(run.length);
		nextOfLength.set(run.length, index);
	}
	return closing;
}

/** A space at both ends separates the code from its backticks, as in "`` `a` ``". */
function withoutPadding(code: string): string {
	return code.startsWith(" ") && code.endsWith(" ") && code.trim() !== "" ? code.slice(1, -1) : code;
}
