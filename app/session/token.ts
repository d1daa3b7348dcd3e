import { Buffer } from "node:buffer";
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { Session } from "../room/ports/sessions.ts";

/** A name of 32 characters is at most 96 bytes of UTF-8; nothing longer than this was ever signed. */
const MAX_TOKEN_CHARS = 256;
/** Other uses of the same secret, and later forms of the token, can't be mistaken for this one. */
const PURPOSE = "hubbub session 1";

/** Writes a session as a token that only the secret's holder can make: `id.user.expiry.name.mac`, fit for a cookie. */
export class TokenSigner {
	readonly #secret: string;
	#derived: KeyObject | undefined;

	constructor(secret: string) {
		this.#secret = secret;
	}

	/** Made when the first token comes: a process that has just been woken up is ready the sooner. */
	get #key(): KeyObject {
		this.#derived ??= createSecretKey(createHmac("sha256", this.#secret).update(PURPOSE).digest());
		return this.#derived;
	}

	sign({ id, user, expiresAt }: Session): string {
		const payload = [id, user.id, expiresAt.toString(36), Buffer.from(user.name).toString("base64url")].join(".");
		return `${payload}.${this.#macOf(payload)}`;
	}

	/** The session of a genuine token, be it still valid or not. */
	read(token: string): Session | undefined {
		if (token.length > MAX_TOKEN_CHARS) return undefined;
		const end = token.lastIndexOf(".");
		const payload = token.slice(0, Math.max(end, 0));
		const given = Buffer.from(token.slice(end + 1));
		const expected = Buffer.from(this.#macOf(payload));
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
		// From here on it is what `sign` wrote.
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
