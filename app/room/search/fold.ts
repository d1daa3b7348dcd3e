import { foldCase } from "../../protocol/fold-case.ts";

/** Marks, without those that make another letter in Japanese. */
const MARKS = /(?![\u3099\u309a])\p{Mn}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all characters of ASCII
const ASCII = /^[\u0000-\u007f]*$/;
/** Folded forms that are kept: those of the characters of a few scripts. */
const MAX_KEPT = 20_000;

const kept = new Map<string, string>();

/** Returns a character as searches compare it: NFKC, case-folded, without marks. */
function foldCharacter(character: string): string {
	const known = kept.get(character);
	if (known !== undefined) return known;
	const folded = foldCase(character.normalize("NFKC")).normalize("NFD").replace(MARKS, "").normalize("NFC");
	if (kept.size >= MAX_KEPT) kept.clear();
	kept.set(character, folded);
	return folded;
}

/** Returns a text as searches compare it. */
export function fold(text: string): string {
	if (ASCII.test(text)) return text.toLowerCase();
	let folded = "";
	for (const character of text) folded += foldCharacter(character);
	return folded;
}

/** Returns a text as searches compare it. `at` returns the offset in `text` of a code unit of it, and of its end. */
export function foldWithOffsets(text: string): { folded: string; at: (offset: number) => number } {
	if (ASCII.test(text)) return { folded: text.toLowerCase(), at: (offset) => offset };
	const offsets: number[] = [];
	let folded = "";
	let offset = 0;
	for (const character of text) {
		const form = foldCharacter(character);
		for (let unit = 0; unit < form.length; unit++) offsets.push(offset);
		folded += form;
		offset += character.length;
	}
	offsets.push(offset);
	return { folded, at: (unit) => offsets[unit]! };
}
