import { median } from "../../kit/latency.ts";
import { pairedRatio } from "../measure/statistics.ts";
import type { WorkloadResults } from "../run/rounds.ts";
import type { Metric, RunResult } from "../workloads/workload.ts";
import { figure, times } from "./figures.ts";
import { isDisturbed } from "./summary.ts";

type Goal = {
	workload: string;
	metric: Metric;
	/** The server whose figure counts; the ratio of its figure to that of `to` if `to` is set. */
	of: string;
	to?: string;
	atMost?: number;
	atLeast?: number;
};

/** Presence packets of the storm if every join were sent to everybody in the room. */
const NAIVE_PRESENCE_PACKETS = (10_000 * (10_000 - 1)) / 2;

const GOALS: readonly Goal[] = [
	{ workload: "W1", metric: "p99Ms", of: "ours", to: "uwebsockets", atMost: 1.5 },
	{ workload: "W1", metric: "cpuUsPerDelivery", of: "ours", to: "uwebsockets", atMost: 1.2 },
	{ workload: "W1", metric: "cpuUsPerDelivery", of: "shared", to: "ours", atMost: 1.3 },
	{ workload: "W1", metric: "cpuUsPerDelivery", of: "socket.io", to: "ours", atLeast: 1.6 },
	{ workload: "W2", metric: "cpuUsPerDelivery", of: "ours", to: "uwebsockets", atMost: 1.6 },
	{ workload: "W2", metric: "p50Ms", of: "ours", atMost: 6 },
	{ workload: "W3", metric: "deliveriesPerS", of: "ours", atLeast: 950_000 },
	{ workload: "W3", metric: "p99Ms", of: "ours", to: "uwebsockets", atMost: 2 },
	{ workload: "W3", metric: "cpuUsPerDelivery", of: "ours", to: "uwebsockets", atMost: 1 },
	{ workload: "W3", metric: "cpuUsPerDelivery", of: "shared", to: "ours", atMost: 1.3 },
	{ workload: "W3", metric: "cpuUsPerDelivery", of: "socket.io", to: "ours", atLeast: 15 },
	{ workload: "W4", metric: "deliveriesPerS", of: "ours", atLeast: 690_000 },
	{ workload: "W4", metric: "p99Ms", of: "ours", to: "uwebsockets", atMost: 1.2 },
	{ workload: "changes-W2", metric: "reactionsToMessages", of: "ours", atMost: 1.3 },
	{ workload: "changes-W2", metric: "editsToMessages", of: "ours", atMost: 1.3 },
	{ workload: "changes-W3", metric: "reactionsToMessages", of: "ours", atMost: 1.3 },
	{ workload: "changes-W3", metric: "editsToMessages", of: "ours", atMost: 1.3 },
	{ workload: "everybody", metric: "p99ToMessages", of: "ours", atMost: 1.5 },
	{ workload: "reacted-joins", metric: "bytesToPlain", of: "ours", atMost: 2 },
	{ workload: "reacted-joins", metric: "cpuToPlain", of: "ours", atMost: 2 },
	{ workload: "rejoins", metric: "resumedTogether", of: "ours", atMost: 0.5 },
	{ workload: "rejoins", metric: "reloadedTogether", of: "ours", atMost: 0.5 },
	{ workload: "uploads", metric: "residentGrowthMib", of: "ours", atMost: 64 },
	{ workload: "uploads", metric: "p99ToQuiet", of: "ours", atMost: 2 },
	{ workload: "uploads", metric: "cpuToBare", of: "ours", atMost: 1.5 },
	{ workload: "storm", metric: "cpuUsPerJoin", of: "ours", to: "socket.io", atMost: 0.85 },
	{ workload: "storm", metric: "presencePackets", of: "ours", atMost: 0.01 * NAIVE_PRESENCE_PACKETS },
	{ workload: "storm", metric: "residentKbPerConnection", of: "ours", to: "socket.io", atMost: 0.6 },
];

/** Returns the result of each goal for which the run has figures. */
export function judgeGoals(measured: readonly WorkloadResults[]) {
	return GOALS.flatMap((goal) => {
		const { workload, metric, of, to, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal;
		const results = roundsOf(measured, workload, of);
		const others = to === undefined ? [] : roundsOf(measured, workload, to);
		const values = valuesOf(results, metric);
		const value =
			to === undefined
				? median(values.filter((one) => one !== undefined))
				: (pairedRatio(values, valuesOf(others, metric))?.median ?? Number.NaN);
		if (Number.isNaN(value)) return [];
		const show = (n: number) => (to === undefined ? figure(metric, n) : times(n));
		return {
			workload,
			metric,
			what: to === undefined ? of : `${of} / ${to}`,
			goal: goal.atMost === undefined ? `≥ ${show(atLeast)}` : `≤ ${show(atMost)}`,
			measured: show(value),
			isMet: value <= atMost && value >= atLeast,
			isDisturbed: [...results, ...others].some(isDisturbed),
		};
	});
}

function valuesOf(results: readonly RunResult[], metric: Metric): (number | undefined)[] {
	return results.map(({ verdict, metrics }) => (verdict === "void" ? undefined : metrics[metric]));
}

function roundsOf(measured: readonly WorkloadResults[], workload: string, peer: string): RunResult[] {
	const row = measured.find(({ id }) => id === workload)?.rows.find(({ id }) => id === peer);
	return row?.rounds.map(([result]) => result!) ?? [];
}
