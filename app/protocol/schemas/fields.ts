/** Fields that several payloads have. */
import * as v from "valibot";
import { MAX_PAGE } from "../limits.ts";

/** The sentence for a payload that is not an object with the expected fields. */
export const SHAPE = "The payload must be an object with the fields in PROTOCOL.md.";

/** Characters that are invisible by themselves. A text of only these counts as empty. */
export const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/gu;

/** The sentence of every `too_long` refusal. */
export function tooLong(noun: string, maxChars: number): string {
	return `${noun} is at most ${maxChars} characters long.`;
}

export const Seq = v.pipe(
	v.number("A seq is a whole number."),
	v.safeInteger("A seq is a whole number."),
	v.minValue(0, "A seq is 0 or more."),
);

export const Limit = v.optional(
	v.pipe(
		v.number("A limit is a whole number from 1 to 100."),
		v.integer("A limit is a whole number from 1 to 100."),
		v.minValue(1, "A limit is a whole number from 1 to 100."),
		v.maxValue(MAX_PAGE, "A limit is a whole number from 1 to 100."),
	),
);

/** Chosen by the client: a random UUID (rule M2). */
export const ClientId = v.pipe(
	v.string("A clientId is a UUID."),
	v.uuid("A clientId is a UUID."),
	v.transform((id) => id.toLowerCase()),
);

const USER = "A user is named by their id, which their messages carry as author.id.";
export const UserId = v.pipe(v.string(USER), v.regex(/^[\w-]{1,64}$/, USER));
