import { FAN_OUT_METRICS, fanOut } from "./fan-out.ts";
import { everyone, type Workload } from "./workload.ts";

export const w3: Workload = {
	id: "W3",
	title: "One room of 1,000, 1,000 messages a second",
	metrics: FAN_OUT_METRICS,
	entries: everyone((contender, pace) => fanOut(contender, { rooms: 1, membersPerRoom: 1_000 }, [1_000], pace)),
};
