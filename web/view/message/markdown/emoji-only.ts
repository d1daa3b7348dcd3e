import { canonicalEmoji } from "../../../../app/protocol/emoji.ts";

/** A message of more emoji is drawn like a text. */
const MAX_LARGE_EMOJI = 6;
/** The longest emoji has 15 characters. */
const MAX_LARGE_CHARS = 100;

/** Whether a text is a few emoji and nothing else, so that it is drawn large. */
export function isEmojiOnly(text: string): boolean {
	if (text.length > MAX_LARGE_CHARS) return false;
	const clusters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment.trim()).filter(Boolean);
	return (
		clusters.length > 0 &&
		clusters.length <= MAX_LARGE_EMOJI &&
		clusters.every((cluster) => canonicalEmoji(cluster) !== undefined)
	);
}
