import type { MeasuredCapacity } from "../protocol/headroom.ts";

/** The key of the measured capacity in the table of settings. */
export const CAPACITY_KEY = "capacity";

export function capacityOf(value: string | undefined): MeasuredCapacity | undefined {
	return value === undefined ? undefined : (JSON.parse(value) as MeasuredCapacity);
}
