import { createHistogram, performance } from "node:perf_hooks";
// Deno's global setTimeout returns a number, which has no unref.
import { clearTimeout, setTimeout } from "node:timers";

const SAMPLE_EVERY_MS = 20;
const MICROSECONDS_PER_MS = 1_000;

/** Delays of timers since the last reading, in seconds. */
export type Lag = { p50: number; p99: number; max: number };

/**
 * Measures the delay of the event loop with a timer of its own. It does not use `monitorEventLoopDelay`, which does not
 * detect a blocked loop under Deno.
 */
export class EventLoopLag {
	readonly #lateness = createHistogram();
	#longestMs = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor() {
		this.#wait();
	}

	/** Returns the delays since the last reading and resets them, so that an old stall is not reported again. */
	read(): Lag {
		const lag = { p50: this.#seconds(50), p99: this.#seconds(99), max: this.#seconds(100) };
		this.#lateness.reset();
		return lag;
	}

	/** Returns the longest delay since the last call, in milliseconds. It does not depend on {@link read}. */
	takeLongestMs(): number {
		const longestMs = this.#longestMs;
		this.#longestMs = 0;
		return longestMs;
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#wait(): void {
		const startedAt = performance.now();
		this.#timer = setTimeout(() => {
			const lateMs = performance.now() - startedAt - SAMPLE_EVERY_MS;
			this.#longestMs = Math.max(this.#longestMs, lateMs);
			// The histogram accepts whole numbers from 1.
			this.#lateness.record(Math.max(1, Math.round(lateMs * MICROSECONDS_PER_MS)));
			this.#wait();
		}, SAMPLE_EVERY_MS).unref();
	}

	#seconds(percentile: number): number {
		return this.#lateness.count === 0 ? 0 : this.#lateness.percentile(percentile) / MICROSECONDS_PER_MS / 1_000;
	}
}
