import { SEARCHED_CONTENT, type SearchedContent } from "../../protocol/search.ts";
import type { Segment } from "./segments.ts";

/** The lengths of the beginnings of a word that are tokens, in characters. Searches for others use the next shorter one. */
const PREFIXES = [2, 3, 4, 6];
const [MIN_PREFIX] = PREFIXES as [number];
const LINK = /https?:\/\//i;

/** The content of a message, as far as it is searched. */
export type Searched = {
	body?: string | undefined;
	location?: unknown;
	files?: readonly unknown[] | undefined;
};

/** Returns the tokens of a word: its beginnings. A run has its characters and the pairs of them. */
export function tokensOf({ text, isRun }: Pick<Segment, "text" | "isRun">): string[] {
	const characters = [...text];
	if (isRun) return [...characters, ...pairsOf(characters)];
	if (characters.length < MIN_PREFIX) return [text];
	const lengths = PREFIXES.filter((length) => length <= characters.length);
	return lengths.map((length) => characters.slice(0, length).join(""));
}

/** Returns the tokens that a message with this word, or this part of a run, has. */
export function tokensNeededFor(segment: Segment): string[] {
	if (!segment.isRun) return tokensOf(segment).slice(-1);
	const characters = [...segment.text];
	return characters.length === 1 ? characters : pairsOf(characters);
}

function pairsOf(characters: readonly string[]): string[] {
	return characters.slice(1).map((character, index) => characters[index]! + character);
}

/** Returns what a message contains beside its words. */
export function contentsOf({ body = "", location, files }: Searched): SearchedContent[] {
	const has: Record<SearchedContent, boolean> = {
		file: files !== undefined,
		link: LINK.test(body),
		location: location !== undefined,
	};
	return SEARCHED_CONTENT.filter((content) => has[content]);
}

export function isSearchedContent(text: string): text is SearchedContent {
	return (SEARCHED_CONTENT as readonly string[]).includes(text);
}
