import { signal } from "@preact/signals";
import type { LocalStorage } from "../../model/local-storage.ts";
import { type EmojiGroup, loadEmoji } from "../emoji/emoji-data.ts";
import { keptTone } from "../emoji/emoji-preferences.ts";
import { withTone } from "../emoji/skin-tone.ts";
import type { CompletionSource } from "./completion.ts";

const MAX_COMPLETIONS = 8;
/** ":D" and ":p" are faces. */
const MIN_CHARS = 2;

const loaded = signal<readonly EmojiGroup[]>([]);

/** Returns the emoji whose shortcodes begin with the query, then those that have it at the beginning of a later word. */
export function emojiCompletions(
	groups: readonly EmojiGroup[],
	query: string,
	max = MAX_COMPLETIONS,
): { emoji: string; shortcode: string }[] {
	if (query.length < MIN_CHARS) return [];
	const wanted = query.toLowerCase();
	const found: { emoji: string; shortcode: string; rank: number }[] = [];
	for (const { emoji, shortcodes } of groups.flatMap((group) => group.emoji)) {
		const shortcode =
			shortcodes.find((code) => code.startsWith(wanted)) ?? shortcodes.find((code) => code.includes(`_${wanted}`));
		if (shortcode === undefined) continue;
		// The shorter of two shortcodes that begin with the query has less that was not typed.
		found.push({ emoji, shortcode, rank: shortcode.length + (shortcode.startsWith(wanted) ? 0 : 1_000) });
	}
	return found
		.sort((a, b) => a.rank - b.rank)
		.slice(0, max)
		.map(({ emoji, shortcode }) => ({ emoji, shortcode }));
}

/** Completes ":smile". Loads the data when the first ":" is typed. */
export function emojiSource(storage: LocalStorage): CompletionSource {
	return (query) => {
		if (loaded.value.length === 0) void load();
		const tone = keptTone(storage);
		return emojiCompletions(loaded.value, query).map(({ emoji, shortcode }) => {
			const toned = withTone(emoji, tone);
			return { key: emoji, insert: toned, icon: toned, label: `:${shortcode}:` };
		});
	};
}

async function load(): Promise<void> {
	try {
		loaded.value = await loadEmoji();
	} catch {
		// Without a connection nothing is offered. The next character tries again.
	}
}
