import type { Accounting } from "../ledger/settle.ts";
import type { Summary } from "../measure/latency.ts";
import type { MeasureName } from "../measure/measures.ts";
import type { Settings } from "../settings.ts";
import type { Path } from "../target/path.ts";

/** The shape of report.json; a compare refuses another one. */
export const RESULT_VERSION = 2;

/** Everything a run found out, as report.json carries it. Latencies are milliseconds. */
export type Result = {
	version: typeof RESULT_VERSION;
	run: string;
	/** When the talk began, ISO 8601. */
	startedAt: string;
	profile: { name: string; summary: string };
	/** One address, or those of several servers of one chat. */
	target: { urls: string[]; path: Path; build: string; isOurs: boolean };
	load: Settings & { rooms: number; transport: string };
	verdict: Verdict;
	arrivals: { joined: number; failed: number };
	accounting: Accounting;
	/** Turns to speak that came due, and those that were taken before the run's end. */
	turns: { planned: number; taken: number };
	latency: Partial<Record<MeasureName, Summary>>;
	throughput: {
		sentPerS: number;
		deliveriesPerS: number;
		/** On the wire, everything else that came over the line shared out among them; null where it can't be told. */
		bytesPerDelivery: number | null;
	};
	errors: Record<string, number>;
	/** Errors in 100 requests. */
	errorPercent: number;
	generator: GeneratorReport;
	/** All servers together; null where they hide their metrics. */
	server: ServerReport | null;
	/** Each that tells its metrics: those at the addresses, and those that a balancer let us see. */
	servers: (ServerReport & { name: string })[];
	/** How memory and latency moved, in a soak; null in any other run. */
	trends: Trend[] | null;
	seconds: SecondReport[];
	machine: { cpus: number; model: string; memoryGb: number; node: string; os: string };
};

export type Verdict = {
	/** Whether the deployment met the goal. */
	passed: boolean;
	/** Whether the figures speak of the deployment, and not of the generator. */
	valid: boolean;
	/** The answer in one sentence. */
	sentence: string;
	/** What broke the goal, a sentence each. */
	failures: string[];
	/** What was wrong with the generator, a sentence each; it makes a run invalid that missed the goal. */
	doubts: string[];
};

export type GeneratorReport = {
	threads: number;
	/** The busiest thread's share of a core while people talked, 0 to 1. */
	utilization: number;
	lagP99Ms: number;
	lagMaxMs: number;
	/** How late turns were sent that nothing but the generator held up. */
	latenessP99Ms: number;
	/** CPU of the whole generator for one delivery, Socket.IO's client and the sending included. */
	cpuUsPerDelivery: number;
	/** Of that, the books: order, duplicates, content, latency. */
	bookkeepingUsPerDelivery: number;
	rssMb: number;
	/** Whether server and generator kept to cores of their own. */
	pinned: boolean;
};

export type ServerReport = {
	/** Cores in use while people talked, on average. */
	cpuCores: number;
	/** In the busiest second of the busiest server: none has more than about one. */
	cpuCoresMax: number;
	rssMaxMb: number;
	/** Of the latest server. */
	lagP99Ms: number | null;
	cpuUsPerDelivery: number;
};

/** How a figure moved over the second half of the talk: a straight line through it, with its 95 % interval. */
export type Trend = {
	name: "memory" | "p99" | "event loop";
	unit: "MB" | "ms";
	/** Its median. */
	level: number;
	perHour: number;
	lowPerHour: number;
	highPerHour: number;
	/** From one second of the talk to another. */
	line: { fromS: number; toS: number; from: number; to: number };
	verdict: "flat" | "rising" | "unclear";
};

/** One second of the run; negative `t` is before the talk. Null where there was nothing to measure. */
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
