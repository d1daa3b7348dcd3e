/** Random codes and ids, and the hashes under which codes are stored. */
import { toHex } from "../to-hex.ts";

/** Base32 as Crockford defines it: no letter looks like a digit. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const GROUP_CHARS = 4;

/** Returns random bytes as base64url. */
export function randomText(bytes: number): string {
	const random = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)));
	return btoa(random).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Returns a code that people can copy from paper: `chars` times 5 random bits, in groups. */
export function randomCode(chars: number): string {
	const random = crypto.getRandomValues(new Uint8Array(chars));
	const code = Array.from(random, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
	return code.match(new RegExp(`.{1,${GROUP_CHARS}}`, "g"))!.join("-");
}

/** Returns a code of {@link randomCode} as it was made, whatever its capitals, spaces and confused letters. */
export function cleanCode(typed: string): string {
	return typed.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
}

/** Returns the SHA-256 of a code, hex. */
export async function hashOf(code: string): Promise<string> {
	const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code)));
	return toHex(hash);
}
