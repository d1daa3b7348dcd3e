const VARIATION = "\ufe0f";
/** A literal would be a syntax error in browsers without sets in regular expressions; the server decides there. */
const RGI = createPattern();

/** Returns the emoji in its fully qualified form, in which the server stores it; undefined if the text is not one emoji. */
export function canonicalEmoji(text: string): string | undefined {
	if (!RGI || RGI.test(text)) return text;
	const bare = [...text].filter((char) => char !== VARIATION);
	const qualified = bare.map((char, index) => {
		const isText = /\p{Emoji}/u.test(char) && !/\p{Emoji_Presentation}|\p{Emoji_Modifier}/u.test(char);
		return isText && !/\p{Emoji_Modifier}/u.test(bare[index + 1] ?? "") ? char + VARIATION : char;
	});
	// Some sequences are fully qualified without the last ones.
	return [qualified.join(""), bare.join("")].find((candidate) => RGI.test(candidate));
}

function createPattern(): RegExp | undefined {
	try {
		return /^\p{RGI_Emoji}$/v;
	} catch {
		return undefined;
	}
}
