/** The wait doubles after each failure, between these bounds. */
const MIN_MS = 100;
const MAX_MS = 5_000;

/** Exponential backoff, so that an unreachable or starting server is not tried by every call. */
export class BackOff {
	#nextMs = MIN_MS;
	#until = 0;

	/** Milliseconds until the next attempt; 0 if it may start now. */
	get waitMs(): number {
		return Math.max(0, this.#until - performance.now());
	}

	succeeded(): void {
		this.#nextMs = MIN_MS;
		this.#until = 0;
	}

	/** Concurrent failures count as one. The wait has jitter, so that machines do not retry together. */
	failed(): void {
		if (this.waitMs > 0) return;
		this.#until = performance.now() + this.#nextMs * (0.75 + Math.random() / 2);
		this.#nextMs = Math.min(2 * this.#nextMs, MAX_MS);
	}
}
