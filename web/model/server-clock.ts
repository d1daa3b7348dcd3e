/** A difference that the way of a response explains: within it the device's clock is right. */
const TOLERATED_MS = 60_000;

/** The server's time when the monotonic clock was at 0; set while the device's clock is wrong. */
let startedAt: number | undefined;

/**
 * Returns the server's time: what this page adds to the timeline has the same clock as the messages, also where that of the
 * device is wrong, or is set meanwhile.
 */
export function serverNow(): number {
	return startedAt === undefined ? Date.now() : startedAt + performance.now();
}

/** Compares the device's clock with that of the server. `at`: the server's time a moment ago; NaN if that is unknown. */
export function noteServerTime(at: number): void {
	startedAt = Math.abs(at - Date.now()) > TOLERATED_MS ? at - performance.now() : undefined;
}
