import type { Contender } from "../contenders/contender.ts";
import type { GeneratorHealth } from "../measure/generator.ts";

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
	| "residentKbPerConnection"
	| "startMs";

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
	generator?: GeneratorHealth;
};

/** How long the parts of a run take, milliseconds. */
export type Pace = {
	/** Under load before anything is measured: the just-in-time compiler has its say first. */
	warmUpMs: number;
	measureMs: number;
	/** What is still owed after the last message is waited for this long. */
	drainMs: number;
	/** Nothing happens, before memory is read. */
	settleMs: number;
};

export type Workload = {
	/** As `--only` names it. */
	id: string;
	title: string;
	/** The columns, the first of them the one that ratios are made of. */
	metrics: readonly Metric[];
	/** One run of one server: one outcome, or one for each rate. */
	run(contender: Contender, pace: Pace): Promise<Outcome[]>;
	/** Only these servers take part, where not all do. */
	contenders?: readonly Contender[];
};
