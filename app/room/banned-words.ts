import { foldCase } from "../protocol/fold-case.ts";
import { type Refused, refuse } from "./refusals.ts";

/** Returns whether a text contains a banned word or phrase. Matches whole words, ignoring case, accents and invisible characters. */
export type BannedWords = (text: string) => boolean;

/** Returns the refusal of a text with a banned word. `noun` names the text in the sentence. */
export function wordRefusal(
	hasBannedWord: BannedWords,
	noun: string,
	text: string,
	field: string,
): Refused | undefined {
	if (!hasBannedWord(text)) return undefined;
	return refuse("bad_request", `${noun} contains a word that is not allowed here.`, { field });
}

/** The words that may follow in a banned phrase. */
type PhraseTree = { readonly next: Map<string, PhraseTree>; isPhrase: boolean };

/** Accents, and characters that are invisible within a word, such as the soft hyphen. */
const IGNORED = /[\p{M}\p{Default_Ignorable_Code_Point}]/gu;
const WORD = /[\p{L}\p{N}]+/gu;

function wordsOf(text: string): readonly string[] {
	// Before it is normalised, which sorts accents in a time that grows with the square of their number, and again for those
	// that it separates from their letters.
	const letters = text.replace(IGNORED, "").normalize("NFKD").replace(IGNORED, "");
	return foldCase(letters).match(WORD) ?? [];
}

/** Parses a list: one word or phrase per line. Blank lines and lines that begin with `#` are skipped. */
export function bannedWords(list: string): BannedWords {
	const tree: PhraseTree = { next: new Map(), isPhrase: false };
	for (const line of list.split(/\r?\n/)) {
		const words = wordsOf(line);
		if (words.length > 0 && !line.trimStart().startsWith("#")) add(tree, words);
	}
	if (tree.next.size === 0) return () => false;
	return (text) => {
		const words = wordsOf(text);
		return words.some((_, start) => startsPhrase(tree, words, start));
	};
}

function add(tree: PhraseTree, words: readonly string[]): void {
	let node = tree;
	for (const word of words) {
		const next = node.next.get(word) ?? { next: new Map(), isPhrase: false };
		node.next.set(word, next);
		node = next;
	}
	node.isPhrase = true;
}

/** Returns whether a banned phrase begins at a word. Follows the words only as far as a phrase does. */
function startsPhrase(tree: PhraseTree, words: readonly string[], start: number): boolean {
	let node: PhraseTree | undefined = tree;
	for (let at = start; ; at++) {
		node = node.next.get(words[at] ?? "");
		if (node === undefined) return false;
		if (node.isPhrase) return true;
	}
}
