import type { MeasuredCapacity } from "../../protocol/headroom.ts";

/** The stored capacity of the chat. */
export interface CapacityStore {
	/** Returns the capacity that was measured last. */
	capacity(): Promise<MeasuredCapacity | undefined>;
	setCapacity(measured: MeasuredCapacity): Promise<void>;
}
