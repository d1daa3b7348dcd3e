import { FAN_OUT_METRICS, fanOut } from "./fan-out.ts";
import { everyone, type Workload } from "./workload.ts";

export const w1: Workload = {
	id: "W1",
	title: "One room of 1,000, 50 messages a second",
	metrics: FAN_OUT_METRICS,
	entries: everyone((contender, pace) => fanOut(contender, { rooms: 1, membersPerRoom: 1_000 }, [50], pace)),
};
