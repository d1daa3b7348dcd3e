import { Buffer } from "node:buffer";
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { Session } from "../room/ports/sessions.ts";

/** Maximum length of a token: a name of 32 characters has at most 96 bytes of UTF-8. */
const MAX_TOKEN_CHARS = 256;
/** Separates the key from other uses of the secret and from later forms of the token. */
const PURPOSE = "hubbub session 1";

/** Writes a session as a signed token that fits into a cookie: `id.user.expiry.name.mac`. */
export class TokenSigner {
	readonly #secret: string;
	#derived: KeyObject | undefined;

	constructor(secret: string) {
		this.#secret = secret;
	}

	/** Derived lazily, for the first token. */
	get #key(): KeyObject {
		this.#derived ??= createSecretKey(createHmac("sha256", this.#secret).update(PURPOSE).digest());
		return this.#derived;
	}

	sign({ id, user, expiresAt }: Session): string {
		const payload = [id, user.id, expiresAt.toString(36), Buffer.from(user.name).toString("base64url")].join(".");
		return `${payload}.${this.#macOf(payload)}`;
	}

	/** Returns the session of a token with a correct signature, also if it has expired. */
	read(token: string): Session | undefined {
		if (token.length > MAX_TOKEN_CHARS) return undefined;
		const end = token.lastIndexOf(".");
		const payload = token.slice(0, Math.max(end, 0));
		const given = Buffer.from(token.slice(end + 1));
		const expected = Buffer.from(this.#macOf(payload));
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
		// The signature is correct: `sign` wrote this.
		const [id, userId, expiry, name] = payload.split(".") as [string, string, string, string];
		return {
			id,
			user: { id: userId, name: Buffer.from(name, "base64url").toString() },
			expiresAt: Number.parseInt(expiry, 36),
		};
	}

	#macOf(payload: string): string {
		return createHmac("sha256", this.#key).update(payload).digest("base64url");
	}
}
