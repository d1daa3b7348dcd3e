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

	/** Takes a token. Returns 0, or the milliseconds until one is available. */
	take(key: string): number {
		const { perSecond, burst } = this.#rate;
		if (perSecond === 0) return 0;
		const now = this.#clock.monotonic();
		this.#sweep(now);
		let bucket = this.#buckets.get(key);
		if (bucket === undefined) {
			bucket = { tokens: burst, filledAt: now };
			this.#buckets.set(key, bucket);
		}
		bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1_000) * perSecond);
		bucket.filledAt = now;
		if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / perSecond) * 1_000);
		bucket.tokens -= 1;
		return 0;
	}

	#sweep(now: number): void {
		if (now - this.#sweptAt < SWEEP_EVERY_MS) return;
		this.#sweptAt = now;
		const fullAfterMs = (this.#rate.burst / this.#rate.perSecond) * 1_000;
		for (const [key, bucket] of this.#buckets) {
			if (now - bucket.filledAt >= fullAfterMs) this.#buckets.delete(key);
		}
	}
}
