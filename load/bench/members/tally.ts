import { Latency } from "../measure/latency.ts";
import type { Timeline } from "./timeline.ts";

/** What all members of a run got, together. */
export class Tally {
	/** One message at one member is one delivery, however many share a frame. */
	delivered = 0;
	acked = 0;
	presencePackets = 0;
	/** The first thing that went wrong; it voids the run. */
	fault: string | undefined;
	readonly #timeline: Timeline;
	#latency = new Latency();
	#timedFrom = Number.POSITIVE_INFINITY;

	constructor(timeline: Timeline) {
		this.#timeline = timeline;
	}

	/** Times the deliveries of messages sent from now on, into the answer. */
	startTiming(): Latency {
		this.#timedFrom = this.#timeline.length;
		this.#latency = new Latency();
		return this.#latency;
	}

	arrived(n: number, at: number): void {
		this.delivered++;
		if (n >= this.#timedFrom) this.#latency.record(at - this.#timeline.intendedAt[n]!);
	}

	fail(why: string): void {
		this.fault ??= why;
	}
}
