/** Scripts without spaces between words: Chinese, Japanese, Korean, Thai and its neighbours. */
const UNSPACED = ["Han", "Hira", "Kana", "Hang", "Thai", "Laoo", "Khmr", "Mymr"].map((s) => `\\p{sc=${s}}`).join("");
const PARTS = new RegExp(`(?<run>[${UNSPACED}ー]+)|[[\\p{L}\\p{N}_]--[${UNSPACED}ー]]+`, "gv");

/** A word of a folded text, or a run of characters of a script that has no spaces. `start` and `end`: offsets. */
export type Segment = { text: string; isRun: boolean; start: number; end: number };

/** Returns the words and runs of a folded text. */
export function segmentsOf(folded: string): Segment[] {
	return Array.from(folded.matchAll(PARTS), ({ 0: text, index, groups }) => ({
		text,
		isRun: groups?.run !== undefined,
		start: index,
		end: index + text.length,
	}));
}
