import process from "node:process";
import type { LoadSample } from "../protocol/headroom.ts";
import type { Clock } from "../room/ports/clock.ts";

const SAMPLE_MS = 60_000;
/** A day of minutes. */
const MAX_SAMPLES = 1_440;
const US_PER_MS = 1_000;

type HeadroomDeps = {
	clock: Pick<Clock, "monotonic" | "after">;
	connections: () => number;
	/** Entries made durable since the start. */
	entries: () => number;
	/** The longest delay of the event loop since the last call. */
	takeLongestLagMs: () => number;
};

/** Samples the load of this process once a minute, and keeps a day of it. */
export class LoadHistory {
	readonly #deps: HeadroomDeps;
	readonly #samples: LoadSample[] = [];
	#began: { at: number; entries: number; cpuUs: number };
	/** The longest delay since the last sample was kept. */
	#lagMs = 0;
	#cancel = () => {};

	constructor(deps: HeadroomDeps) {
		this.#deps = deps;
		this.#began = this.#totals();
		this.#wait();
	}

	/** The last minute; before its end, the part of it that has passed. */
	get now(): LoadSample {
		return this.#samples.at(-1) ?? this.#sample();
	}

	/** The greatest values of the samples, and their number. */
	get day(): LoadSample & { minutes: number } {
		const samples = [...this.#samples, this.#sample()];
		const most = (value: (sample: LoadSample) => number) => Math.max(...samples.map(value));
		return {
			connections: most(({ connections }) => connections),
			entriesPerS: most(({ entriesPerS }) => entriesPerS),
			cpuCores: most(({ cpuCores }) => cpuCores),
			lagMs: most(({ lagMs }) => lagMs),
			memoryBytes: most(({ memoryBytes }) => memoryBytes),
			minutes: this.#samples.length,
		};
	}

	stop(): void {
		this.#cancel();
	}

	#wait(): void {
		this.#cancel = this.#deps.clock.after(SAMPLE_MS, () => {
			this.#keep();
			this.#wait();
		});
	}

	#keep(): void {
		this.#samples.push(this.#sample());
		if (this.#samples.length > MAX_SAMPLES) this.#samples.shift();
		this.#began = this.#totals();
		this.#lagMs = 0;
	}

	#totals() {
		const { user, system } = process.cpuUsage();
		return { at: this.#deps.clock.monotonic(), entries: this.#deps.entries(), cpuUs: user + system };
	}

	/** Returns what was measured since the last sample was kept. */
	#sample(): LoadSample {
		const { at, entries, cpuUs } = this.#totals();
		this.#lagMs = Math.max(this.#lagMs, this.#deps.takeLongestLagMs());
		const ms = Math.max(1, at - this.#began.at);
		return {
			connections: this.#deps.connections(),
			entriesPerS: ((entries - this.#began.entries) / ms) * 1_000,
			cpuCores: (cpuUs - this.#began.cpuUs) / US_PER_MS / ms,
			lagMs: Math.round(this.#lagMs),
			memoryBytes: process.memoryUsage.rss(),
		};
	}
}
