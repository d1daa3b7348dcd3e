import type { Settings } from "../command-line/settings.ts";
import type { LatencySummary } from "../kit/latency.ts";
import type { Accounting } from "../ledger/settle.ts";
import type { MeasureName } from "../measure/measures.ts";
import type { StateCheck } from "../state/state-check.ts";
import type { Path } from "../target/path.ts";

/** The version of report.json. `--compare` refuses another one. */
export const RESULT_VERSION = 2;

/** The result of a run, as report.json contains it. Latencies are milliseconds. */
export type Result = {
	version: typeof RESULT_VERSION;
	run: string;
	/** ISO 8601. */
	startedAt: string;
	profile: { name: string; summary: string };
	/** One address, or those of several servers of one chat. */
	target: { urls: string[]; path: Path; build: string; isOurs: boolean };
	load: Settings & { rooms: number; transport: string };
	verdict: Verdict;
	arrivals: { joined: number; failed: number };
	accounting: Accounting;
	/** Null for a profile without a mix, in which nothing changes a message. */
	states: StateCheck | null;
	/** Scheduled sends that came due, and those that were sent before the run's end. */
	turns: { planned: number; taken: number };
	latency: Partial<Record<MeasureName, LatencySummary>>;
	throughput: {
		/** Entries: messages, and changes of messages. */
		sentPerS: number;
		deliveriesPerS: number;
		/** All bytes received over a connection, divided by its deliveries; null if the transport does not count them. */
		bytesPerDelivery: number | null;
	};
	errors: Record<string, number>;
	/** Errors in 100 requests. */
	errorPercent: number;
	generator: GeneratorReport;
	/** All servers together; null if they hide their metrics. */
	server: ServerReport | null;
	/** Each server that shows its metrics, those behind a balancer included. */
	servers: (ServerReport & { name: string })[];
	/** Trends of memory and latency in a soak; null in any other run. */
	trends: Trend[] | null;
	seconds: SecondReport[];
	machine: { cpus: number; model: string; memoryGb: number; node: string; os: string };
};

export type Verdict = {
	/** Whether the deployment met the goal. */
	passed: boolean;
	/** Whether the figures are those of the deployment, and not of the generator. */
	valid: boolean;
	/** The outcome in one sentence. */
	sentence: string;
	/** Sentences about what missed the goal. */
	failures: string[];
	/** Sentences about a too slow generator. They make a run invalid that missed the goal. */
	doubts: string[];
};

export type GeneratorReport = {
	threads: number;
	/** The busiest thread's share of a core while messages were sent, 0 to 1. */
	utilization: number;
	lagP99Ms: number;
	lagMaxMs: number;
	/** Lateness of the sends that only the generator delayed. */
	latenessP99Ms: number;
	/** CPU of the whole generator per delivery, Socket.IO's client and the sending included. */
	cpuUsPerDelivery: number;
	/** The part of it for the ledger: order, duplicates, content, latency. */
	bookkeepingUsPerDelivery: number;
	rssMb: number;
	/** Whether server and generator were pinned to separate cores. */
	pinned: boolean;
};

export type ServerReport = {
	/** Average number of cores in use while messages were sent. */
	cpuCores: number;
	/** In the busiest second of the busiest server, which uses about one core at most. */
	cpuCoresMax: number;
	rssMaxMb: number;
	/** Of the server with the greatest lag. */
	lagP99Ms: number | null;
	cpuUsPerDelivery: number;
};

/** The trend of a figure over the second half of a run: a straight line with its 95 % interval. */
export type Trend = {
	name: "memory" | "p99" | "event loop";
	unit: "MB" | "ms";
	/** The median. */
	level: number;
	perHour: number;
	lowPerHour: number;
	highPerHour: number;
	/** In seconds since the first send. */
	line: { fromS: number; toS: number; from: number; to: number };
	verdict: "flat" | "rising" | "unclear";
};

/** One second of the run; a negative `t` is before the first send. Null if nothing was measured. */
export type SecondReport = {
	t: number;
	users: number;
	sent: number;
	deliveries: number;
	errors: number;
	p50: number | null;
	p99: number | null;
	max: number | null;
	generatorUtilization: number;
	generatorLagMs: number;
	serverCores: number | null;
	serverRssMb: number | null;
	serverLagMs: number | null;
};
