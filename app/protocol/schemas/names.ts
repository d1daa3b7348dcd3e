/**
 * Names of users and rooms. A length over its limit is valibot's `max_length` issue, which becomes `too_long`; every other
 * issue becomes `bad_request`.
 */
import * as v from "valibot";
import { foldCase } from "../fold-case.ts";
import { MAX_NAME_CHARS, MAX_ROOM_CHARS } from "../limits.ts";
import { INVISIBLE, SHAPE, tooLong } from "./fields.ts";

/**
 * Control characters, line separators, lone surrogates, private and unassigned code points, and format characters are refused
 * in names. Of the format characters joiners are accepted, which some scripts and emoji need, and the tags in emoji of flags.
 */
export const FORBIDDEN_IN_NAMES =
	/[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?!\p{Join_Control}|[\u{e0020}-\u{e007f}])\p{Cf}/u;
/**
 * More marks in a row than Unicode's stream-safe text format has (UAX 15, section 13). Normalising sorts them, in a time that
 * grows with the square of their number.
 */
const MARKS = /\p{M}{31}/u;
/** White space, including tabs and line breaks of a pasted name, becomes one space and is not refused. */
const WHITE_SPACE = /[\s\u2028\u2029]+/gu;

/**
 * Returns a name in its normal form, or the beginning of one that is far too long: U+FDFA alone becomes 18 characters, so
 * that parts are normalised first, and the whole only if they are short.
 */
function cleanName(raw: string, maxChars: number): string {
	let parts = "";
	for (let from = 0; from < raw.length && parts.length <= 8 * maxChars; from += maxChars)
		parts += oneLine(raw.slice(from, from + maxChars));
	return parts.length > 8 * maxChars ? parts : oneLine(raw).trim();
}

function oneLine(text: string): string {
	return text.normalize("NFKC").replace(WHITE_SPACE, " ");
}

/** Returns the schema of a name. `fold` returns the form in which it is stored. */
export function nameSchema(noun: string, maxChars: number, fold: (clean: string) => string) {
	return v.pipe(
		v.string(`${noun} is a text.`),
		// Checked before each step that takes longer for a longer text. Normalising makes a text up to 18 times as long.
		v.maxLength(8 * maxChars, tooLong(noun, maxChars)),
		v.check((raw) => !MARKS.test(raw), `${noun} has at most 30 accents in a row.`),
		v.transform((raw) => cleanName(raw, maxChars)),
		v.maxLength(maxChars, tooLong(noun, maxChars)),
		v.transform(fold),
		v.check((name) => name.replace(INVISIBLE, "") !== "", `${noun} needs at least one visible character.`),
		v.check((name) => !FORBIDDEN_IN_NAMES.test(name), `${noun} can't have control or invisible characters.`),
		v.maxLength(maxChars, tooLong(noun, maxChars)),
	);
}

/** A display name: NFKC, trimmed, white space folded to single spaces, 1 to 32 characters. */
export const NameSchema = nameSchema("A name", MAX_NAME_CHARS, (clean) => clean);
/** A room's name (rule R1): as a display name, and case-folded, 1 to 64 characters. */
export const RoomSchema = nameSchema("A room's name", MAX_ROOM_CHARS, foldCase);

/** `POST` and `PUT /api/session` */
export const SessionSchema = v.object({ name: NameSchema }, SHAPE);
