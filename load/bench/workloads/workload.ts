import type { Contender } from "../contenders/contender.ts";
import type { GeneratorHealth } from "../measure/generator.ts";
import type { Others } from "../measure/others.ts";

/** What can be measured; each is a column of the report. */
export type Metric =
	| "cpuUsPerDelivery"
	| "writesPerDelivery"
	| "deliveriesPerS"
	| "p50Ms"
	| "p99Ms"
	| "serverCpu"
	| "cpuUsPerJoin"
	| "presencePackets"
	| "residentKbPerConnection";

/**
 * `verified`: every delivery came, once and in order. `late`: everything that came was right, but the server was so far
 * behind that it was not waited for. `void`: something was lost, doubled or out of order; its figures don't count.
 */
export type Verdict = "verified" | "late" | "void";

export type Outcome = {
	verdict: Verdict;
	/** Why it is not `verified`. */
	why?: string;
	/** Messages sent a second, in all rooms; where a workload has several. */
	rate?: number;
	metrics: Partial<Record<Metric, number>>;
	conditions?: Conditions;
};

/** What may have stood in the server's way; none of it is the server's doing. */
export type Conditions = { generator: GeneratorHealth; others: Others | undefined };

/** How long the parts of a run take, milliseconds. */
export type Pace = {
	/** Under load before anything is measured: the just-in-time compiler has its say first. */
	warmUpMs: number;
	measureMs: number;
	/** What is still owed after the last message is waited for this long. */
	drainMs: number;
	/** Nothing happens, before memory is read. */
	settleMs: number;
	/** Before a run the machine is given this long to become quiet. */
	quietMs: number;
	/** So often a run is tried, until others leave it alone. */
	attempts: number;
};

/** One server under one workload. Each run is a fresh process; it gives one outcome, or one for each rate. */
export type Entry = { id: string; title: string; run(pace: Pace): Promise<Outcome[]> };

export type Workload = {
	/** As `--only` names it. */
	id: string;
	title: string;
	/** The columns; the ratios are made of the first one. */
	metrics: readonly Metric[];
	/** Who takes part, when these were asked for. */
	entries(contenders: readonly Contender[]): Entry[];
};

/** All that were asked for take part. */
export function everyone(run: (contender: Contender, pace: Pace) => Promise<Outcome[]>): Workload["entries"] {
	return (contenders) =>
		contenders.map((contender) => ({
			id: contender.id,
			title: contender.title,
			run: (pace) => run(contender, pace),
		}));
}
