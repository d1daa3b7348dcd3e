import type { Emoji, EmojiGroup } from "./emoji-data.ts";

/** Returns the emoji that have a word for each word of the query, the best ones first. */
export function searchEmoji(
	groups: readonly EmojiGroup[],
	tags: ReadonlyMap<string, readonly string[]>,
	query: string,
	max: number,
): Emoji[] {
	const words = wordsOf(query);
	if (words.length === 0) return [];
	const found: { emoji: Emoji; rank: number }[] = [];
	for (const emoji of groups.flatMap((group) => group.emoji)) {
		const ranks = words.map((word) => rankOf(emoji, tags.get(emoji.emoji) ?? [], word));
		if (ranks.every((rank) => rank > 0)) found.push({ emoji, rank: Math.min(...ranks) });
	}
	return found
		.sort((a, b) => b.rank - a.rank)
		.slice(0, max)
		.map(({ emoji }) => emoji);
}

/** 0 if nothing begins with the word. */
function rankOf({ label, shortcodes }: Emoji, tags: readonly string[], word: string): number {
	if (shortcodes.includes(word)) return 5;
	const inLabel = wordsOf(label);
	if (inLabel.includes(word)) return 4;
	if (tags.includes(word)) return 3;
	if (inLabel.some((each) => each.startsWith(word)) || shortcodes.some((code) => code.startsWith(word))) return 2;
	return tags.some((tag) => tag.startsWith(word)) ? 1 : 0;
}

function wordsOf(text: string): string[] {
	const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
	return plain.match(/[\p{L}\p{N}+_-]+/gu) ?? [];
}
