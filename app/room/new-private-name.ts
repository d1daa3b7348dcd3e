import { PRIVATE_PREFIX } from "../protocol/private-room.ts";

/** Base32 (RFC 4648) in lower case, because names of rooms are case-folded. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
/** 130 bits: nobody guesses the name of a room. */
const CHARS = 26;

/** Returns a new random name of a private or direct room. */
export function newPrivateName(): string {
	const random = crypto.getRandomValues(new Uint8Array(CHARS));
	return PRIVATE_PREFIX + Array.from(random, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
