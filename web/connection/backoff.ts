/** The first attempt comes within this, each further one within twice as long, up to the longest. */
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 30_000;

/**
 * How long to wait after so many failures in a row: anything from nothing to a bound that doubles ("full jitter"),
 * so that those who were cut off together do not come back together.
 */
export function backoffMs(failures: number, random: () => number): number {
	return random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
}
