import { percentileOf } from "../../kit/latency.ts";
import { count, MIB } from "../../kit/report.ts";
import type { Column } from "../../kit/suite/report.ts";
import type { Attack } from "../attacks/attack.ts";
import type { MeasuredAttack } from "./run-attack.ts";

/** What was measured of an attack, as columns of the table and as figures while it runs. */
export const FIGURES: { title: string; isText?: boolean; value: (of: MeasuredAttack, attack: Attack) => string }[] = [
	{ title: "tried", value: ({ counts }, { unit }) => `${count(counts.tried)} ${unit}` },
	{ title: "accepted", value: ({ counts }) => count(counts.accepted) },
	{ title: "refused", value: ({ counts }) => count(counts.refused) },
	{ title: "disconnected", value: (measured) => count(disconnected(measured)) },
	{
		title: "memory before, peak, after (MiB)",
		isText: true,
		value: ({ memory: { beforeBytes, peakBytes, afterBytes } }) =>
			[beforeBytes, peakBytes, afterBytes].map((bytes) => Math.round(bytes / MIB)).join(", "),
	},
	{ title: "may grow by", value: (_, { growthMiB }) => String(growthMiB) },
	{
		title: "event loop lag, p99, max (ms)",
		isText: true,
		value: ({ lag }) => `${Math.round(lag.p99Ms)}, ${Math.round(lag.maxMs)}`,
	},
	{ title: "CPU", value: ({ cpuShare }) => `${Math.round(cpuShare * 100)} %` },
	{
		title: "bystanders' ack, p50 / p99 before → during (ms)",
		isText: true,
		value: ({ calm, during }) => `${middleAndTail(calm.ackMs)} → ${middleAndTail(during.ackMs)}`,
	},
	{
		title: "delivery",
		isText: true,
		value: ({ calm, during }) => `${middleAndTail(calm.deliveryMs)} → ${middleAndTail(during.deliveryMs)}`,
	},
];

export const COLUMNS: Column<Attack, MeasuredAttack>[] = [
	...FIGURES.map(({ value, ...column }): Column<Attack, MeasuredAttack> => {
		return { ...column, cell: ({ measured }, attack) => measured && value(measured, attack) };
	}),
	{
		title: "lost, duplicated, gaps, out of order, altered, not erased",
		cell: ({ findings: { lost, duplicated, gaps, outOfOrder, altered, unerased } }) =>
			lost + duplicated + gaps + outOfOrder + altered + unerased,
	},
];

/** Counts closed connections as the attackers and as the server saw them: one that is not read does not notice. */
function disconnected({ counts, disconnects }: MeasuredAttack): number {
	const counted = Object.values(disconnects).reduce((sum, times) => sum + times, 0);
	return Math.max(counts.disconnected, counted);
}

/** Returns the median and the 99th percentile, such as `3 / 12`; a dash for none. */
function middleAndTail(ms: readonly number[]): string {
	return ms.length === 0 ? "–" : [50, 99].map((percent) => Math.round(percentileOf(ms, percent))).join(" / ");
}
