const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 30_000;

/**
 * Returns the delay before the next attempt: a random part of a bound that doubles with each failure ("full jitter"),
 * so that clients that were disconnected together do not reconnect together.
 */
export function backoffMs(failures: number, random: () => number): number {
	return random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
}
