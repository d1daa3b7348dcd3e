import { foldCase } from "../protocol/schemas/names.ts";

/** Returns whether a text contains a banned word or phrase. Matches whole words, ignoring case and accents. */
export type BannedWords = (text: string) => boolean;

function withoutAccents(text: string): string {
	return foldCase(text.normalize("NFKD").replace(/\p{M}/gu, ""));
}

/** Parses a list: one word or phrase per line. Blank lines and lines that begin with `#` are skipped. */
export function bannedWords(list: string): BannedWords {
	const words = new Set<string>();
	for (const line of list.split(/\r?\n/)) {
		const word = withoutAccents(line.trim())
			.split(/[^\p{L}\p{N}]+/u)
			.filter(Boolean)
			.join(" ");
		if (word !== "" && !line.trimStart().startsWith("#")) words.add(word);
	}
	if (words.size === 0) return () => false;
	const longest = Math.max(...[...words].map((word) => word.split(" ").length));
	return (text) => {
		const textWords = withoutAccents(text)
			.split(/[^\p{L}\p{N}]+/u)
			.filter(Boolean);
		for (let start = 0; start < textWords.length; start++) {
			for (let length = 1; length <= longest && start + length <= textWords.length; length++) {
				if (words.has(textWords.slice(start, start + length).join(" "))) return true;
			}
		}
		return false;
	};
}
