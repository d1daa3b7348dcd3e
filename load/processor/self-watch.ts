import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { SelfCheck } from "../link/lines.ts";

const RESOLUTION_MS = 5;
/** One delivery in so many is timed. */
const SAMPLE_EVERY = 64;

/** Watches whether this thread keeps up: a generator that is late measures itself, not the chat. */
export class SelfWatch {
	readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	#utilization = performance.eventLoopUtilization();
	#countdown = SAMPLE_EVERY;
	#samplesMs: number[] = [];

	constructor() {
		this.#delay.enable();
	}

	/** Before the bookkeeping of a delivery: a moment where this one is timed, else 0. */
	begin(): number {
		if (--this.#countdown > 0) return 0;
		this.#countdown = SAMPLE_EVERY;
		return performance.now();
	}

	/** After it, with what {@link begin} gave. */
	end(beganMs: number): void {
		if (beganMs !== 0) this.#samplesMs.push(performance.now() - beganMs);
	}

	take(): SelfCheck {
		const utilization = performance.eventLoopUtilization();
		const since = performance.eventLoopUtilization(utilization, this.#utilization);
		const cpu = process.cpuUsage();
		const check = {
			utilization: since.utilization,
			lagP99Ms: lateness(this.#delay.percentile(99)),
			lagMaxMs: lateness(this.#delay.max),
			processCpuS: (cpu.user + cpu.system) / 1e6,
			rssBytes: process.memoryUsage.rss(),
			bookkeepingUs: 1_000 * median(this.#samplesMs),
		};
		this.#utilization = utilization;
		this.#delay.reset();
		this.#samplesMs = [];
		return check;
	}
}

/** Not the mean: on a busy machine the thread is put aside in the middle of a sample now and then. */
function median(values: number[]): number {
	return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** The monitor tells the time between two ticks of its timer: what is beyond the timer's own period is lateness. */
function lateness(betweenTicksNs: number): number {
	return Math.max(0, betweenTicksNs / 1e6 - RESOLUTION_MS);
}
