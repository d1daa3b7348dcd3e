import { FAN_OUT_METRICS, fanOut } from "./fan-out.ts";
import { everyone, type Workload } from "./workload.ts";

export const w2: Workload = {
	id: "W2",
	title: "20 rooms of 50, 20 messages a second in each",
	metrics: FAN_OUT_METRICS,
	entries: everyone((contender, pace) => fanOut(contender, { rooms: 20, membersPerRoom: 50 }, [400], pace)),
};
