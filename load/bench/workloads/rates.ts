import { oursAgain } from "../contenders/ours.ts";
import { FAN_OUT_METRICS, fanOut } from "./fan-out.ts";
import { everyone, type Pace, type Workload } from "./workload.ts";

/** The rates of the picture: from a lively room to twice what W3 asks. */
const MESSAGES_PER_S = [10, 20, 50, 100, 200, 500, 1_000, 2_000] as const;

export const RATES_MEMBERS = 1_000;

const everybody = everyone((contender, pace) =>
	fanOut(contender, { rooms: 1, membersPerRoom: RATES_MEMBERS }, MESSAGES_PER_S, brisk(pace)),
);

/** Ours only once: here it is a line in the picture, not a measure of the noise. */
export const rates: Workload = {
	id: "rates",
	title: "One room of 1,000, from 10 to 2,000 messages a second",
	metrics: FAN_OUT_METRICS,
	entries: (contenders) => everybody(contenders.filter(({ id }) => id !== oursAgain.id)),
};

/** The compiler has had its say after the first rate: the others need less. */
function brisk(pace: Pace): Pace {
	return { ...pace, warmUpMs: pace.warmUpMs / 2 };
}
