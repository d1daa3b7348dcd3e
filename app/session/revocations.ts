/**
 * Maximum revocations in memory, at about 100 bytes each. Above it the oldest is dropped until a restart reads it from the
 * store again, so that revocations can't use up the memory.
 */
const MAX_REVOCATIONS = 500_000;

/**
 * The sessions that were revoked. Those that have expired stay: a clock that is ahead for a while must not revive the others
 * (rule S3).
 */
export class Revocations {
	readonly #max: number;
	/** In the order in which they were added. */
	readonly #ids = new Set<string>();

	constructor(max = MAX_REVOCATIONS) {
		this.#max = max;
	}

	add(sessionId: string): void {
		for (const oldest of this.#ids) {
			if (this.#ids.size < this.#max) break;
			this.#ids.delete(oldest);
		}
		this.#ids.add(sessionId);
	}

	delete(sessionId: string): void {
		this.#ids.delete(sessionId);
	}

	has(sessionId: string): boolean {
		return this.#ids.has(sessionId);
	}

	get size(): number {
		return this.#ids.size;
	}
}
