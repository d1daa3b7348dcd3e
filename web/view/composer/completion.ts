import { MAX_NAME_CHARS } from "../../../app/protocol/limits.ts";

/** The character that opens the list: "@" for people, ":" for emoji. */
export type Sigil = "@" | ":";

export type Completion = {
	/** Unique in the list: the id of a person, or an emoji. */
	key: string;
	/** Takes the place of what was typed, with its sigil. */
	insert: string;
	label: string;
	/** Shown before the label and hidden from screen readers. */
	icon?: string;
	detail?: string;
};

/** Returns what to offer for what was typed after the sigil, the best first. May read signals. */
export type CompletionSource = (query: string) => readonly Completion[];
export type CompletionSources = Partial<Record<Sigil, CompletionSource>>;

/** What is being typed: `query` follows the sigil at `start` and ends at the caret. */
export type CompletionToken = { sigil: Sigil; start: number; end: number; query: string };

const WORD = /[\p{L}\p{N}\p{M}_]/u;
/** Names have spaces and consist of anything. A name begins right after its "@". */
const NAME = /^(?:[^\s@][^\n@]*)?$/u;
const SHORTCODE = /^[\w+-]*$/;
const MAX_SHORTCODE_CHARS = 64;

/**
 * Finds the token that ends at the caret: of two, the one that begins later, as names have spaces. The sigil must not follow
 * a word, as in an e-mail address or a time.
 */
export function tokenBefore(text: string, caret: number): CompletionToken | undefined {
	const person = tokenOf("@", text, caret, NAME, MAX_NAME_CHARS);
	const emoji = tokenOf(":", text, caret, SHORTCODE, MAX_SHORTCODE_CHARS);
	return person && emoji ? (person.start > emoji.start ? person : emoji) : (person ?? emoji);
}

function tokenOf(sigil: Sigil, text: string, caret: number, pattern: RegExp, max: number): CompletionToken | undefined {
	const from = Math.max(0, caret - max - 1);
	const at = text.slice(from, caret).lastIndexOf(sigil);
	if (at === -1) return undefined;
	const start = from + at;
	const query = text.slice(start + 1, caret);
	if (!pattern.test(query) || (start > 0 && WORD.test(text[start - 1]!))) return undefined;
	return { sigil, start, end: caret, query };
}

/** Returns what takes the place of the token. A space follows it, unless there is one already. */
export function replacementFor(text: string, { end }: CompletionToken, { insert }: Completion): string {
	return /^\s/.test(text.slice(end)) ? insert : `${insert} `;
}
