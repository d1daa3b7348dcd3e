import { median, pairedRatio } from "../measure/statistics.ts";
import type { Measured } from "../run/rounds.ts";
import type { Metric, Outcome } from "../workloads/workload.ts";
import { figure, times } from "./figures.ts";
import { wasDisturbed } from "./summary.ts";

type Goal = {
	workload: string;
	metric: Metric;
	/** Whose figure; as a ratio, where `to` names another. */
	of: string;
	to?: string;
	atMost?: number;
	atLeast?: number;
};

/** What this server sets out to reach. */
const GOALS: readonly Goal[] = [
	{ workload: "W1", metric: "cpuUsPerDelivery", of: "ours", to: "uwebsockets", atMost: 1.3 },
	{ workload: "W1", metric: "cpuUsPerDelivery", of: "shared", to: "ours", atMost: 1.3 },
	{ workload: "W3", metric: "cpuUsPerDelivery", of: "shared", to: "ours", atMost: 1.3 },
	{ workload: "W1", metric: "cpuUsPerDelivery", of: "socket.io", to: "ours", atLeast: 1.6 },
	{ workload: "W2", metric: "cpuUsPerDelivery", of: "ours", to: "uwebsockets", atMost: 1.6 },
	{ workload: "W3", metric: "deliveriesPerS", of: "ours", atLeast: 950_000 },
	{ workload: "W3", metric: "p99Ms", of: "ours", atMost: 100 },
	{ workload: "W3", metric: "cpuUsPerDelivery", of: "socket.io", to: "ours", atLeast: 15 },
	{ workload: "W4", metric: "deliveriesPerS", of: "ours", atLeast: 639_000 },
	{ workload: "W4", metric: "p99Ms", of: "ours", to: "uwebsockets", atMost: 1.5 },
	{ workload: "storm", metric: "cpuUsPerJoin", of: "ours", to: "socket.io", atMost: 0.8 },
	{ workload: "storm", metric: "presencePackets", of: "ours", atMost: 0.01 * naivePresencePackets(10_000) },
	{ workload: "storm", metric: "residentKbPerConnection", of: "ours", to: "socket.io", atMost: 0.6 },
];

/** Every newcomer told to everybody who is there. */
function naivePresencePackets(people: number): number {
	return (people * (people - 1)) / 2;
}

export type Judged = {
	workload: string;
	metric: Metric;
	what: string;
	goal: string;
	measured: string;
	met: boolean;
	disturbed: boolean;
};

/** The goals that this run has figures for. */
export function judgeGoals(measured: readonly Measured[]): Judged[] {
	return GOALS.flatMap((goal) => {
		const of = valuesOf(measured, goal, goal.of);
		const value =
			goal.to === undefined
				? median(of.filter((one) => one !== undefined))
				: (pairedRatio(of, valuesOf(measured, goal, goal.to))?.median ?? Number.NaN);
		if (Number.isNaN(value)) return [];
		const { workload, metric, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal;
		const show = (n: number) => (goal.to === undefined ? figure(metric, n) : times(n));
		return {
			workload,
			metric,
			what: goal.to === undefined ? goal.of : `${goal.of} / ${goal.to}`,
			goal: goal.atMost === undefined ? `≥ ${show(atLeast)}` : `≤ ${show(atMost)}`,
			measured: show(value),
			met: value <= atMost && value >= atLeast,
			disturbed: [goal.of, goal.to].some((id) => roundsOf(measured, goal, id).some(wasDisturbed)),
		};
	});
}

function valuesOf(measured: readonly Measured[], goal: Goal, id: string): (number | undefined)[] {
	return roundsOf(measured, goal, id).map(({ verdict, metrics }) =>
		verdict === "void" ? undefined : metrics[goal.metric],
	);
}

function roundsOf(measured: readonly Measured[], { workload }: Goal, id: string | undefined): Outcome[] {
	const row = measured.find((one) => one.id === workload)?.rows.find((one) => one.id === id);
	return row?.rounds.map(([outcome]) => outcome!) ?? [];
}
