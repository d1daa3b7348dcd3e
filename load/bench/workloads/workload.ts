import type { Conditions } from "../measure/conditions.ts";
import type { Peer } from "../peers/peer.ts";

/** A figure that can be measured: a column of the report. */
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
	| "reactionsToMessages"
	| "editsToMessages"
	| "p99ReactionsMs"
	| "p99ToMessages"
	| "bytesPerJoin"
	| "bytesToPlain"
	| "cpuToPlain"
	| "resumedTogether"
	| "reloadedTogether"
	| "residentGrowthMib"
	| "p99ToQuiet"
	| "cpuToBare";

export type RunResult = {
	/**
	 * `verified`: every delivery arrived, once and in order. `late`: every delivery that arrived was correct, but the server
	 * fell too far behind. `void`: a delivery was lost, duplicated or out of order; the figures do not count.
	 */
	verdict: "verified" | "late" | "void";
	/** Why it is not `verified`. */
	why?: string;
	/** Messages sent a second, all rooms together. Set if the workload sends messages at a fixed rate. */
	rate?: number;
	metrics: Partial<Record<Metric, number>>;
	conditions?: Conditions;
};

/** Durations of the parts of a run, and how often it is tried. */
export type RunPlan = {
	/** Load before the measurement, in which the just-in-time compiler optimises the server. */
	warmUpMs: number;
	measureMs: number;
	/** Longest wait for outstanding deliveries after the last message. */
	drainMs: number;
	/** Idle time before memory is read. */
	settleMs: number;
	/** Longest wait, before a run, for other load on the machine to end. */
	quietMs: number;
	/** Number of tries until a run is not disturbed by other load. */
	attempts: number;
};

export type Workload = {
	/** Its name in `--only`. */
	id: string;
	title: string;
	/** The columns of its table. Progress shows the first one. */
	metrics: readonly Metric[];
	/** Whether {@link oursAgain} takes part. */
	measuresNoise: boolean;
	/** Whether the other servers have nothing like it. */
	isOursOnly?: true;
	/** Measures a new process of the peer. Returns a result, or one for each rate. */
	run(peer: Peer, plan: RunPlan): Promise<RunResult[]>;
};
