import type { Clock } from "../room/ports/clock.ts";

/**
 * So many ended sessions are remembered in memory, at about 100 bytes each. Beyond it the one that ended first is
 * forgotten until a restart reads it from the store again: rather that than running out of memory.
 */
const MAX_REVOCATIONS = 500_000;

/** The sessions that ended before their time, until they would have expired anyway. */
export class Revocations {
	readonly #clock: Pick<Clock, "now">;
	readonly #max: number;
	readonly #expiries = new Map<string, number>();

	constructor(clock: Pick<Clock, "now">, max = MAX_REVOCATIONS) {
		this.#clock = clock;
		this.#max = max;
	}

	add(sessionId: string, expiresAt: number): void {
		this.#forgetOldest();
		this.#expiries.set(sessionId, expiresAt);
	}

	delete(sessionId: string): void {
		this.#expiries.delete(sessionId);
	}

	has(sessionId: string): boolean {
		return this.#expiries.has(sessionId);
	}

	get size(): number {
		return this.#expiries.size;
	}

	/** The oldest come first: they expire first, and are the ones to go where there is no room. */
	#forgetOldest(): void {
		const now = this.#clock.now();
		for (const [id, expiresAt] of this.#expiries) {
			if (expiresAt > now && this.#expiries.size < this.#max) return;
			this.#expiries.delete(id);
		}
	}
}
