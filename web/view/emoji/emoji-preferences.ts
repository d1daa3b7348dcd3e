import { canonicalEmoji } from "../../../app/protocol/emoji.ts";
import type { LocalStorage } from "../../model/local-storage.ts";
import { SKIN_TONES, type SkinTone } from "./skin-tone.ts";

const RECENT_KEY = "emoji.recent";
const TONE_KEY = "emoji.tone";
/** Four rows. */
export const MAX_RECENT = 32;

/** The emoji that were picked last, with their tones, the newest first. */
export function recentEmoji(storage: LocalStorage): string[] {
	const kept = storage.get(RECENT_KEY);
	if (!Array.isArray(kept)) return [];
	const emoji = kept.filter((each) => typeof each === "string" && canonicalEmoji(each) === each);
	return [...new Set<string>(emoji)].slice(0, MAX_RECENT);
}

export function addRecentEmoji(storage: LocalStorage, emoji: string): void {
	storage.set(RECENT_KEY, [emoji, ...recentEmoji(storage).filter((each) => each !== emoji)].slice(0, MAX_RECENT));
}

export function keptTone(storage: LocalStorage): SkinTone {
	const kept = storage.get(TONE_KEY);
	return SKIN_TONES.find(({ tone }) => tone === kept)?.tone ?? 0;
}

export function keepTone(storage: LocalStorage, tone: SkinTone): void {
	storage.set(TONE_KEY, tone);
}
