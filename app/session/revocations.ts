import type { Clock } from "../room/ports/clock.ts";

/**
 * Maximum revocations in memory, at about 100 bytes each. Above it the oldest is dropped until a restart reads it from the
 * store again, so that revocations can't use up the memory.
 */
const MAX_REVOCATIONS = 500_000;

/** The sessions that were revoked, until they expire. */
export class Revocations {
	readonly #clock: Pick<Clock, "now">;
	readonly #max: number;
	readonly #expiries = new Map<string, number>();

	constructor(clock: Pick<Clock, "now">, max = MAX_REVOCATIONS) {
		this.#clock = clock;
		this.#max = max;
	}

	add(sessionId: string, expiresAt: number): void {
		this.#dropOldest();
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

	/** Drops expired revocations and, above the maximum, the oldest. They are in the order in which they were added. */
	#dropOldest(): void {
		const now = this.#clock.now();
		for (const [id, expiresAt] of this.#expiries) {
			if (expiresAt > now && this.#expiries.size < this.#max) return;
			this.#expiries.delete(id);
		}
	}
}
