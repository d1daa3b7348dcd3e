import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { median } from "../kit/latency.ts";
import type { SelfCheck } from "../link/messages.ts";

const RESOLUTION_MS = 5;
/** One delivery in this many is timed. */
const SAMPLE_EVERY = 64;

/** Measures how busy and how late this thread is: a late generator measures itself instead of the chat. */
export class SelfWatch {
	readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	#utilization = performance.eventLoopUtilization();
	#countdown = SAMPLE_EVERY;
	#samplesMs: number[] = [];

	constructor() {
		this.#delay.enable();
	}

	/** To be called before a delivery is recorded. Returns the time if this delivery is a sample, else 0. */
	begin(): number {
		if (--this.#countdown > 0) return 0;
		this.#countdown = SAMPLE_EVERY;
		return performance.now();
	}

	/** To be called after it, with what {@link begin} returned. */
	end(beganMs: number): void {
		if (beganMs !== 0) this.#samplesMs.push(performance.now() - beganMs);
	}

	take(): SelfCheck {
		const utilization = performance.eventLoopUtilization();
		const since = performance.eventLoopUtilization(utilization, this.#utilization);
		const cpu = process.cpuUsage();
		const check = {
			utilization: since.utilization,
			lagP99Ms: lag(this.#delay.percentile(99)),
			lagMaxMs: lag(this.#delay.max),
			processCpuS: (cpu.user + cpu.system) / 1e6,
			rssBytes: process.memoryUsage.rss(),
			// Not the mean: on a busy machine the thread is sometimes preempted within a sample.
			bookkeepingUs: 1_000 * (median(this.#samplesMs) || 0),
		};
		this.#utilization = utilization;
		this.#delay.reset();
		this.#samplesMs = [];
		return check;
	}
}

/** The monitor measures the time between two ticks of its timer; the lag is what exceeds the timer's period. */
function lag(betweenTicksNs: number): number {
	return Math.max(0, betweenTicksNs / 1e6 - RESOLUTION_MS);
}
