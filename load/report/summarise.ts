import { cpus, release, totalmem, type } from "node:os";
import type { Second } from "../link/lines.ts";
import { Latency, type Summary } from "../measure/latency.ts";
import { MEASURE_NAMES, type MeasureName } from "../measure/measures.ts";
import type { Profile } from "../profile.ts";
import type { Harvest } from "../run/one-run.ts";
import { PATHS, type Path } from "../target/path.ts";
import type { Targets } from "../target/preflight.ts";
import { judge } from "./judge.ts";
import { type GeneratorReport, RESULT_VERSION, type Result } from "./result.ts";
import { secondReports } from "./seconds.ts";
import { serverReports, together } from "./server-report.ts";
import { trendsOf } from "./trends.ts";

const MB = 2 ** 20;
const GB = 2 ** 30;

export type Circumstances = { profile: Profile; targets: Targets; isOurs: boolean; pinned: boolean; startedAt: Date };

/** Makes the result of what a run brought home. */
export function summarise(harvest: Harvest, { profile, targets, isOurs, pinned, startedAt }: Circumstances): Result {
	const { plan, accounting, arrivals, turns } = harvest;
	const talk = harvest.seconds.filter(({ atMs }) => atMs > harvest.startMs + 500 && atMs < harvest.endMs + 500);
	const durationS = plan.settings.duration;
	const sent = sum(harvest.seconds, ({ sent }) => sent);
	const deliveries = sum(talk, ({ deliveries }) => deliveries);
	const errors = errorCounts(harvest.seconds);
	const failed = Object.values(errors).reduce((a, b) => a + b, 0);
	// Opening a session, connecting, joining, and every message.
	const requests = 3 * plan.settings.users + sent;
	const seconds = secondReports(harvest);
	const servers = serverReports(harvest, deliveries);
	const figures = {
		version: RESULT_VERSION,
		run: plan.run,
		startedAt: startedAt.toISOString(),
		profile: { name: profile.name, summary: profile.summary },
		target: { urls: plan.targets, path: farthest(targets), build: builds(targets), isOurs },
		load: { ...plan.settings, rooms: plan.rooms, transport: plan.transport },
		arrivals,
		accounting,
		turns,
		latency: latencies(harvest.seconds),
		throughput: {
			sentPerS: sum(talk, ({ sent }) => sent) / durationS,
			deliveriesPerS: deliveries / durationS,
			bytesPerDelivery: bytesPerDelivery(harvest),
		},
		errors,
		errorPercent: (100 * failed) / requests,
		generator: generatorReport(harvest, talk, deliveries, pinned),
		server: together(servers),
		servers,
		trends: plan.settings.soak ? trendsOf(seconds, durationS) : null,
		seconds,
		machine: {
			cpus: cpus().length,
			model: cpus()[0]?.model ?? "unknown",
			memoryGb: totalmem() / GB,
			node: process.version,
			os: `${type()} ${release()}`,
		},
	} satisfies Omit<Result, "verdict">;
	return { ...figures, verdict: judge(figures, harvest.drained) };
}

/** Where the targets are reached over different ways, the one that says least of the servers alone. */
function farthest(targets: Targets): Path {
	return PATHS.findLast((path) => targets.some((target) => target.path === path)) ?? targets[0].path;
}

function builds(targets: Targets): string {
	return [...new Set(targets.map(({ build }) => build))].join(", ");
}

function latencies(seconds: Second[]): Partial<Record<MeasureName, Summary>> {
	const summaries: Partial<Record<MeasureName, Summary>> = {};
	for (const name of MEASURE_NAMES) {
		const latency = new Latency();
		for (const { histograms } of seconds) if (histograms[name]) latency.add(histograms[name]);
		if (latency.count > 0) summaries[name] = latency.summary();
	}
	return summaries;
}

function errorCounts(seconds: Second[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { errors } of seconds) {
		for (const [cause, count] of Object.entries(errors)) counts[cause] = (counts[cause] ?? 0) + count;
	}
	return counts;
}

function bytesPerDelivery({ seconds, startMs, endMs }: Harvest): number | null {
	let bytes = 0;
	let deliveries = 0;
	for (const parts of Map.groupBy(seconds, ({ worker }) => worker).values()) {
		const told = parts.filter(({ atMs, sample }) => sample && atMs > startMs - 500 && atMs < endMs + 500);
		const [first, last] = [told[0]?.sample, told.at(-1)?.sample];
		// A line that broke on the way starts to count anew.
		if (!first || !last || last.bytes < first.bytes) return null;
		bytes += last.bytes - first.bytes;
		deliveries += last.deliveries - first.deliveries;
	}
	return deliveries === 0 ? null : bytes / deliveries;
}

function generatorReport(harvest: Harvest, talk: Second[], deliveries: number, pinned: boolean): GeneratorReport {
	const byThread = [...Map.groupBy(talk, ({ worker }) => worker).values()];
	const selves = talk.map(({ self }) => self);
	const busy = byThread.map((parts) => sum(parts, ({ self }) => self.utilization) / parts.length);
	// Every thread tells the CPU of the whole process: one of them is enough.
	const cpuS = (byThread[0]?.at(-1)?.self.processCpuS ?? 0) - (cpuAtStart(harvest) ?? 0);
	const sampled = selves.filter(({ bookkeepingUs }) => bookkeepingUs > 0);
	return {
		threads: byThread.length,
		utilization: max(busy),
		lagP99Ms: max(selves.map(({ lagP99Ms }) => lagP99Ms)),
		lagMaxMs: max(selves.map(({ lagMaxMs }) => lagMaxMs)),
		latenessP99Ms: latencies(talk).lateness?.p99 ?? 0,
		cpuUsPerDelivery: deliveries === 0 ? 0 : (cpuS * 1e6) / deliveries,
		bookkeepingUsPerDelivery: sampled.length === 0 ? 0 : sum(sampled, (self) => self.bookkeepingUs) / sampled.length,
		rssMb: max(selves.map(({ rssBytes }) => rssBytes)) / MB,
		pinned,
	};
}

function cpuAtStart({ seconds, startMs }: Harvest): number | undefined {
	const worker = seconds.find(({ atMs }) => atMs > startMs + 500)?.worker;
	return seconds.findLast((second) => second.worker === worker && second.atMs <= startMs + 500)?.self.processCpuS;
}

function sum<T>(items: T[], figure: (item: T) => number): number {
	return items.reduce((total, item) => total + figure(item), 0);
}

/** 0 for none; unlike `Math.max(...)` it takes a soak's many seconds. */
function max(values: number[]): number {
	return values.reduce((a, b) => Math.max(a, b), 0);
}
