import { FAN_OUT_METRICS, fanOut } from "./fan-out.ts";
import { everyone, type Workload } from "./workload.ts";

export const w4: Workload = {
	id: "W4",
	title: "One room of 10,000, 70 messages a second",
	metrics: FAN_OUT_METRICS,
	entries: everyone((contender, pace) => fanOut(contender, { rooms: 1, membersPerRoom: 10_000 }, [70], pace)),
};
