import type { RoomLayout } from "../members/members.ts";
import { CHANGE_METRICS, runChanges } from "./changes.ts";
import { everybodyReacts } from "./everybody-reacts.ts";
import { FAN_OUT_METRICS, runFanOut } from "./fan-out.ts";
import { reactedJoins } from "./reacted-joins.ts";
import { rejoins } from "./rejoins.ts";
import { storm } from "./storm.ts";
import { uploads } from "./uploads.ts";
import type { Workload } from "./workload.ts";

/** A constant load. `messagesPerS` is for all rooms together. */
export type Load = RoomLayout & { title: string; messagesPerS: number };

export const LOADS = {
	W1: { title: "One room of 1,000, 50 messages a second", rooms: 1, membersPerRoom: 1_000, messagesPerS: 50 },
	W2: { title: "20 rooms of 50, 20 messages a second in each", rooms: 20, membersPerRoom: 50, messagesPerS: 400 },
	W3: { title: "One room of 1,000, 1,000 messages a second", rooms: 1, membersPerRoom: 1_000, messagesPerS: 1_000 },
	W4: { title: "One room of 10,000, 70 messages a second", rooms: 1, membersPerRoom: 10_000, messagesPerS: 70 },
} satisfies Record<string, Load>;

const constantLoads: readonly Workload[] = Object.entries(LOADS).map(([id, load]) => ({
	id,
	title: load.title,
	metrics: FAN_OUT_METRICS,
	measuresNoise: true,
	run: (peer, plan) => runFanOut(peer, load, [load.messagesPerS], plan),
}));

/** Rising rates: the picture shows them. The same peer a second time would only be another line in it. */
const RATES = [10, 20, 50, 100, 200, 500, 1_000, 2_000];

export const RATES_MEMBERS = 1_000;

export const rates: Workload = {
	id: "rates",
	title: "One room of 1,000, from 10 to 2,000 messages a second",
	metrics: FAN_OUT_METRICS,
	measuresNoise: false,
	run: (peer, plan) =>
		// Later rates need less warm-up, because the server is compiled after the first one.
		runFanOut(peer, { rooms: 1, membersPerRoom: RATES_MEMBERS }, RATES, { ...plan, warmUpMs: plan.warmUpMs / 2 }),
};

/** Edits and reactions at the rates of messages. */
const changes: readonly Workload[] = (["W2", "W3"] as const).map((name) => ({
	id: `changes-${name}`,
	title: `${LOADS[name].title}, and as many reactions, and edits`,
	metrics: CHANGE_METRICS,
	measuresNoise: true,
	isOursOnly: true,
	run: async (peer, plan) => [await runChanges(peer, LOADS[name], plan)],
}));

/** In the order in which they run. */
export const WORKLOADS: readonly Workload[] = [
	...constantLoads,
	storm,
	rates,
	...changes,
	everybodyReacts,
	reactedJoins,
	rejoins,
	uploads,
];
