import { canonicalEmoji } from "../../../app/protocol/emoji.ts";
import type { EmojiCell } from "./EmojiGrid.tsx";
import type { Emoji, EmojiGroup } from "./emoji-data.ts";
import { type SkinTone, withTone } from "./skin-tone.ts";

export const RECENT = "Recently used";
const ICONS = ["😀", "👋", "🐻", "🍔", "🚗", "⚽", "💡", "🔣", "🏁"];
const MODIFIER = /\p{Emoji_Modifier}/gu;

/** Returns the tabs of the groups, with the recent emoji first if there are any. */
export function tabsOf(groups: readonly EmojiGroup[], hasRecent: boolean): { name: string; icon: string }[] {
	const tabs = groups.map(({ name }, index) => ({ name, icon: ICONS[index] ?? "🔣" }));
	return hasRecent ? [{ name: RECENT, icon: "🕘" }, ...tabs] : tabs;
}

/** Returns the emoji in the chosen skin tone. */
export function cellsOf(emoji: readonly Emoji[], tone: SkinTone): EmojiCell[] {
	return emoji.map((each) => ({ emoji: withTone(each.emoji, tone), label: each.label }));
}

/** Returns the emoji as they were picked, with their labels. */
export function recentCells(groups: readonly EmojiGroup[], recent: readonly string[]): EmojiCell[] {
	const labels = new Map(groups.flatMap(({ emoji }) => emoji.map((each) => [each.emoji, each.label])));
	return recent.flatMap((emoji) => {
		const label = labels.get(canonicalEmoji(emoji.replace(MODIFIER, "")) ?? emoji);
		return label === undefined ? [] : [{ emoji, label }];
	});
}
