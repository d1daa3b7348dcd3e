import { createHistogram, performance } from "node:perf_hooks";
// Deno's global setTimeout answers a number, which has no unref.
import { clearTimeout, setTimeout } from "node:timers";

const SAMPLE_EVERY_MS = 20;
const MICROSECONDS_PER_MS = 1_000;

/** Seconds by which timers were late since the last reading. */
export type Lag = { p50: number; p99: number; max: number };

/**
 * How late the event loop is, by a timer that looks at how late it is itself. The runtime's own monitorEventLoopDelay
 * is not used: under Deno it does not see a loop that is blocked.
 */
export class EventLoopLag {
	readonly #lateness = createHistogram();
	#timer: NodeJS.Timeout | undefined;

	constructor() {
		this.#wait();
	}

	/** Reads and starts over, so that a stall of last week is not told for ever. */
	read(): Lag {
		const lag = { p50: this.#seconds(50), p99: this.#seconds(99), max: this.#seconds(100) };
		this.#lateness.reset();
		return lag;
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#wait(): void {
		const startedAt = performance.now();
		this.#timer = setTimeout(() => {
			const lateMs = performance.now() - startedAt - SAMPLE_EVERY_MS;
			// The histogram takes whole numbers from 1 on.
			this.#lateness.record(Math.max(1, Math.round(lateMs * MICROSECONDS_PER_MS)));
			this.#wait();
		}, SAMPLE_EVERY_MS).unref();
	}

	#seconds(percentile: number): number {
		return this.#lateness.count === 0 ? 0 : this.#lateness.percentile(percentile) / MICROSECONDS_PER_MS / 1_000;
	}
}
