import type { Rate } from "./limits.ts";
import type { Clock } from "./ports/clock.ts";

/** Minimum interval between sweeps, which remove the full buckets. */
const SWEEP_EVERY_MS = 10_000;

type Bucket = { tokens: number; filledAt: number };

/** Token buckets per key (a user, an address). A key takes memory only until its bucket is full again. */
export class RateLimiter {
	readonly #rate: Rate;
	readonly #clock: Pick<Clock, "monotonic">;
	readonly #buckets = new Map<string, Bucket>();
	#sweptAt: number;

	constructor(rate: Rate, clock: Pick<Clock, "monotonic">) {
		this.#rate = rate;
		this.#clock = clock;
		this.#sweptAt = clock.monotonic();
	}

	/**
	 * Takes a token, or `tokens` of them, which may leave a bucket in debt. Returns 0, or the milliseconds until one is
	 * available.
	 */
	take(key: string, tokens = 1): number {
		const { perSecond } = this.#rate;
		if (perSecond === 0) return 0;
		const bucket = this.#filled(key);
		if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / perSecond) * 1_000);
		this.#subtract(bucket, tokens);
		return 0;
	}

	/** Takes tokens whether or not they are available, up to a debt of one burst. */
	charge(key: string, tokens: number): void {
		if (this.#rate.perSecond > 0) this.#subtract(this.#filled(key), tokens);
	}

	#subtract(bucket: Bucket, tokens: number): void {
		bucket.tokens = Math.max(-this.#rate.burst, bucket.tokens - tokens);
	}

	#filled(key: string): Bucket {
		const { perSecond, burst } = this.#rate;
		const now = this.#clock.monotonic();
		this.#sweep(now);
		let bucket = this.#buckets.get(key);
		if (bucket === undefined) {
			bucket = { tokens: burst, filledAt: now };
			this.#buckets.set(key, bucket);
		}
		bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1_000) * perSecond);
		bucket.filledAt = now;
		return bucket;
	}

	#sweep(now: number): void {
		if (now - this.#sweptAt < SWEEP_EVERY_MS) return;
		this.#sweptAt = now;
		// The debt is at most as large as the bucket.
		const fullAfterMs = ((2 * this.#rate.burst) / this.#rate.perSecond) * 1_000;
		for (const [key, bucket] of this.#buckets) {
			if (now - bucket.filledAt >= fullAfterMs) this.#buckets.delete(key);
		}
	}
}
