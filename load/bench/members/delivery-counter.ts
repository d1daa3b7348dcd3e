import { Latency } from "../../kit/latency.ts";
import type { SentMessages } from "./sent-messages.ts";

/** Counts and times what all members of a run receive. */
export class DeliveryCounter {
	/** One message received by one member is one delivery, also where several share a frame. */
	delivered = 0;
	acked = 0;
	presencePackets = 0;
	/** The first fault. It voids the run. */
	fault: string | undefined;
	readonly #sent: SentMessages;
	#latency = new Latency();
	#timedFrom = Number.POSITIVE_INFINITY;

	constructor(sent: SentMessages) {
		this.#sent = sent;
	}

	/** Returns a histogram that receives the latency of every delivery of a message sent from now on. */
	startTiming(): Latency {
		this.#timedFrom = this.#sent.length;
		this.#latency = new Latency();
		return this.#latency;
	}

	add(n: number, receivedAt: number): void {
		this.delivered++;
		if (n >= this.#timedFrom) this.#latency.record(receivedAt - this.#sent.intendedAt[n]!);
	}

	fail(why: string): void {
		this.fault ??= why;
	}
}
