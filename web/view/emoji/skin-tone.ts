import { canonicalEmoji } from "../../../app/protocol/emoji.ts";

/** 0 is the yellow of an emoji without a tone, 1 the lightest, 5 the darkest. */
export type SkinTone = 0 | 1 | 2 | 3 | 4 | 5;

export const SKIN_TONES: { tone: SkinTone; label: string }[] = [
	{ tone: 0, label: "Default skin tone" },
	{ tone: 1, label: "Light skin tone" },
	{ tone: 2, label: "Medium-light skin tone" },
	{ tone: 3, label: "Medium skin tone" },
	{ tone: 4, label: "Medium-dark skin tone" },
	{ tone: 5, label: "Dark skin tone" },
];

const LIGHTEST = 0x1f3fb;
/** The tone takes the place of the variation selector. The hands between two people have the tones of the people. */
const TONELESS = /(?!(?<=\u200D)🤝)(\p{Emoji_Modifier_Base})\uFE0F?/gu;

/** Returns the emoji with the tone for each person in it, or unchanged if there is no such emoji. */
export function withTone(emoji: string, tone: SkinTone): string {
	if (tone === 0) return emoji;
	const toned = emoji.replace(TONELESS, `$1${String.fromCodePoint(LIGHTEST + tone - 1)}`);
	return toned !== emoji && canonicalEmoji(toned) === toned ? toned : emoji;
}
