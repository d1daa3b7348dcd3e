/** After a failure it is tried again, at first soon, then after twice as long each time, up to the longest. */
const SHORTEST_MS = 100;
const LONGEST_MS = 5_000;

/** Keeps a server that is away, or just coming back, from being asked by everyone at once. */
export class BackOff {
	#nextMs = SHORTEST_MS;
	#until = 0;

	/** Milliseconds until the next try is due; 0 when it is now. */
	get waitMs(): number {
		return Math.max(0, this.#until - performance.now());
	}

	succeeded(): void {
		this.#nextMs = SHORTEST_MS;
		this.#until = 0;
	}

	/** Several tries that fail together count as one. Each machine waits a little differently. */
	failed(): void {
		if (this.waitMs > 0) return;
		this.#until = performance.now() + this.#nextMs * (0.75 + Math.random() / 2);
		this.#nextMs = Math.min(2 * this.#nextMs, LONGEST_MS);
	}
}
