import { Buffer } from "node:buffer";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Separates challenges from other uses of the secret. */
const PURPOSE = "hubbub challenge 1";
/** 48 bits of milliseconds since 1970, and 128 random bits. */
const TIME_BYTES = 6;
const RANDOM_BYTES = 16;
const MAC_BYTES = 16;

/**
 * Challenges that are signed and stored nowhere: every process of a chat accepts those of the others. A subject, such as a
 * user's id, has challenges of its own.
 */
export class Challenges {
	readonly #secret: string;

	constructor(secret: string) {
		this.#secret = secret;
	}

	issue(subject: string, now: number): Uint8Array<ArrayBuffer> {
		const time = Buffer.alloc(TIME_BYTES);
		time.writeUIntBE(now, 0, TIME_BYTES);
		const payload = Buffer.concat([time, randomBytes(RANDOM_BYTES)]);
		return new Uint8Array(Buffer.concat([payload, this.#macOf(subject, payload)]));
	}

	/** Returns when a genuine challenge was issued, from base64url. */
	issuedAt(subject: string, challenge: string): number | undefined {
		const bytes = Buffer.from(challenge, "base64url");
		if (bytes.length !== TIME_BYTES + RANDOM_BYTES + MAC_BYTES) return undefined;
		const payload = bytes.subarray(0, -MAC_BYTES);
		const isGenuine = timingSafeEqual(bytes.subarray(-MAC_BYTES), this.#macOf(subject, payload));
		return isGenuine ? payload.readUIntBE(0, TIME_BYTES) : undefined;
	}

	#macOf(subject: string, payload: Uint8Array): Buffer {
		const mac = createHmac("sha256", this.#secret).update(`${PURPOSE} ${subject} `).update(payload).digest();
		return mac.subarray(0, MAC_BYTES);
	}
}
