/** Buckets are this much wider each than the one before: a percentile is right within 2 %. */
const GROWTH = 1.02;
const SMALLEST_MS = 0.01;
const PER_LOG = 1 / Math.log(GROWTH);
/** Up to about four minutes; anything above falls into the last. */
const BUCKETS = 864;

/** How long things took, in milliseconds; those that never came count as endless. */
export class Latency {
	readonly #buckets = new Uint32Array(BUCKETS);
	#count = 0;

	record(ms: number): void {
		const bucket = ms <= SMALLEST_MS ? 0 : Math.min(BUCKETS - 1, (Math.log(ms / SMALLEST_MS) * PER_LOG + 1) | 0);
		this.#buckets[bucket]!++;
		this.#count++;
	}

	get count(): number {
		return this.#count;
	}

	/** The time within which `percent` of all were done, `expected` of them in all: `Infinity` where fewer ever were. */
	percentile(percent: number, expected = this.#count): number {
		const rank = Math.max(1, Math.ceil((percent / 100) * expected));
		let seen = 0;
		for (let bucket = 0; bucket < BUCKETS; bucket++) {
			seen += this.#buckets[bucket]!;
			if (seen >= rank) return SMALLEST_MS * GROWTH ** bucket;
		}
		return Number.POSITIVE_INFINITY;
	}
}
