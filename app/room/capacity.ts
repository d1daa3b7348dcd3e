import type { MeasuredCapacity } from "../protocol/headroom.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { Actor, People } from "./people/people.ts";
import type { Clock } from "./ports/clock.ts";
import type { Store } from "./ports/store.ts";
import { accept } from "./refusals.ts";

type CapacityDeps = {
	people: Pick<People, "refusal">;
	store: Pick<Store, "capacity">;
	clock: Pick<Clock, "now">;
};

/** The capacity of the chat that the load harness measured last (rule H1). */
export class Capacity {
	readonly #deps: CapacityDeps;

	constructor(deps: CapacityDeps) {
		this.#deps = deps;
	}

	async read(by: Actor): Promise<Ack<{ capacity?: MeasuredCapacity }>> {
		const { people, store } = this.#deps;
		const refusal = people.refusal(by, "see_headroom");
		if (refusal) return refusal;
		const capacity = await store.capacity.read();
		return accept(capacity === undefined ? {} : { capacity });
	}

	store(measured: Omit<MeasuredCapacity, "measuredAt">): Promise<void> {
		const { store, clock } = this.#deps;
		return store.capacity.write({ ...measured, measuredAt: clock.now() });
	}
}
