import type { Refusal } from "../protocol/refusal.ts";
import type { Rate } from "../room/limits.ts";
import type { Clock } from "../room/ports/clock.ts";
import { RateLimiter } from "../room/rate-limiter.ts";
import { refuse } from "../room/refusals.ts";

/** Counts a request of `key` (a user, an address). Returns the refusal if the rate is exceeded. */
export type RateLimit = (key: string) => Refusal | undefined;

/** Returns a rate limit whose refusals say `sentence`. */
export function rateLimit(rate: Rate, clock: Pick<Clock, "monotonic">, sentence: string): RateLimit {
	const limiter = new RateLimiter(rate, clock);
	return (key) => {
		const retryAfterMs = limiter.take(key);
		return retryAfterMs === 0 ? undefined : refuse("rate_limited", sentence, { retryAfterMs }).error;
	};
}
