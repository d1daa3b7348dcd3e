import type { Seating } from "../members/audience.ts";
import { FAN_OUT_METRICS, fanOut } from "./fan-out.ts";
import { everyone, type Workload } from "./workload.ts";

/** Who sits where, and how many messages a second go into all rooms together. */
export type Load = Seating & { messagesPerS: number };

/** The workload that holds one load for a while. */
export function steadyLoad(id: string, title: string, load: Load): Workload {
	return {
		id,
		title,
		metrics: FAN_OUT_METRICS,
		entries: everyone((contender, pace) => fanOut(contender, load, [load.messagesPerS], pace)),
	};
}
