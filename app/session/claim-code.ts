import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/** Separates the code from other uses of the secret. */
const PURPOSE = "hubbub claim 1";
/** 128 bits. */
const CODE_BYTES = 16;

/**
 * Returns the code of the claim link. It follows from the session secret, so that every process of a chat has the same one,
 * also after a restart, and nothing is stored. It is void once the chat has an owner.
 */
export function claimCode(secret: string): string {
	return createHmac("sha256", secret).update(PURPOSE).digest().subarray(0, CODE_BYTES).toString("base64url");
}

/** Compares in a time that does not depend on the given code, unless it has another length. */
export function isClaimCode(secret: string, given: string): boolean {
	const [expected, actual] = [Buffer.from(claimCode(secret)), Buffer.from(given)];
	return expected.length === actual.length && timingSafeEqual(expected, actual);
}
