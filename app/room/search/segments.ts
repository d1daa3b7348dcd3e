/** Scripts without spaces between words: Chinese, Japanese, Korean, Thai and its neighbours. */
const UNSPACED = ["Han", "Hira", "Kana", "Hang", "Thai", "Laoo", "Khmr", "Mymr"].map((s) => `\\p{sc=${s}}`).join("");
/** A run is the first group. */
const PARTS = new RegExp(`([${UNSPACED}ー]+)|[[\\p{L}\\p{N}_]--[${UNSPACED}ー]]+`, "gv");
/** The words of ASCII, which are found in less time. */
const ASCII_PARTS = /[a-zA-Z0-9_]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all characters of ASCII
const ASCII = /^[\u0000-\u007f]*$/;

/** A word of a folded text, or a run of characters of a script that has no spaces. `start` and `end`: offsets. */
export type Segment = { text: string; isRun: boolean; start: number; end: number };

/** Returns the words of a folded text of ASCII, and undefined for other texts. */
export function asciiWordsOf(folded: string): readonly string[] | undefined {
	return ASCII.test(folded) ? (folded.match(ASCII_PARTS) ?? []) : undefined;
}

/** Returns the words and runs of a folded text. */
export function segmentsOf(folded: string): Segment[] {
	const parts = ASCII.test(folded) ? ASCII_PARTS : PARTS;
	const segments: Segment[] = [];
	parts.lastIndex = 0;
	for (let found = parts.exec(folded); found; found = parts.exec(folded)) {
		const [text, run] = found;
		segments.push({ text, isRun: run !== undefined, start: found.index, end: parts.lastIndex });
	}
	return segments;
}
