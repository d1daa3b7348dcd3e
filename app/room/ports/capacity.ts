import type { MeasuredCapacity } from "../../protocol/headroom.ts";

/** The stored capacity of the chat. */
export interface CapacityStore {
	/** Returns the capacity that was measured last. */
	read(): Promise<MeasuredCapacity | undefined>;
	write(measured: MeasuredCapacity): Promise<void>;
}
