/** One emoji that platforms are expected to draw: Unicode's RGI set, which has the fully qualified forms. */
const RGI_EMOJI = /^\p{RGI_Emoji}$/v;
const SELECTOR = "\uFE0F";
/** Drawn as text unless a variation selector or a skin tone follows. */
const TEXT_BY_DEFAULT = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu;

/**
 * Returns the fully qualified form of one emoji, so that the same emoji with and without variation selectors is one.
 * Undefined for anything else.
 */
export function canonicalEmoji(text: string): string | undefined {
	if (RGI_EMOJI.test(text)) return text;
	const qualified = text.replaceAll(SELECTOR, "").replace(TEXT_BY_DEFAULT, `$&${SELECTOR}`);
	return RGI_EMOJI.test(qualified) ? qualified : undefined;
}
