import { Latency, type LatencySummary, sum } from "../kit/latency.ts";
import { MIB, thisMachine } from "../kit/report.ts";
import type { Second } from "../link/messages.ts";
import { MEASURE_NAMES, type MeasureName } from "../measure/measures.ts";
import type { RawResult } from "../run/run-once.ts";
import type { Profile } from "../scenario/profile.ts";
import { PATHS, type Path } from "../target/path.ts";
import type { Targets } from "../target/preflight.ts";
import { errorCounts, max } from "./figures.ts";
import { judge } from "./judge.ts";
import { type GeneratorReport, RESULT_VERSION, type Result } from "./result.ts";
import { secondReports } from "./seconds.ts";
import { serverReports, totalOf } from "./server-report.ts";
import { trendsOf } from "./trends.ts";

const HALF_SECOND_MS = 500;

export type Circumstances = { profile: Profile; targets: Targets; isOurs: boolean; pinned: boolean; startedAt: Date };

/** Evaluates what was measured in a run. */
export function summarise(raw: RawResult, { profile, targets, isOurs, pinned, startedAt }: Circumstances): Result {
	const { plan, accounting, arrivals, turns } = raw;
	const during = raw.seconds.filter(
		({ atMs }) => atMs > raw.startMs + HALF_SECOND_MS && atMs < raw.endMs + HALF_SECOND_MS,
	);
	const durationS = plan.settings.duration;
	const deliveries = sum(during, ({ deliveries }) => deliveries);
	const errors = errorCounts(raw.seconds);
	const failed = sum(Object.values(errors), (times) => times);
	const latency = latencies(raw.seconds);
	// Opening a session, connecting, joining, every page, every file, every message and every change of one.
	const reads = sum([latency.page, latency.upload, latency.download], (one) => one?.count ?? 0);
	const requests = 3 * plan.settings.users + reads + sum(raw.seconds, ({ sent }) => sent);
	const seconds = secondReports(raw);
	const servers = serverReports(raw, deliveries);
	const figures = {
		version: RESULT_VERSION,
		run: plan.run,
		startedAt: startedAt.toISOString(),
		profile: { name: profile.name, summary: profile.summary },
		target: { urls: plan.targets, path: farthest(targets), build: builds(targets), isOurs },
		load: { ...plan.settings, rooms: plan.rooms, transport: plan.transport },
		arrivals,
		accounting,
		states: plan.settings.mix ? raw.states : null,
		turns,
		latency,
		throughput: {
			sentPerS: sum(during, ({ sent }) => sent) / durationS,
			deliveriesPerS: deliveries / durationS,
			bytesPerDelivery: bytesPerDelivery(raw),
		},
		errors,
		errorPercent: (100 * failed) / requests,
		generator: generatorReport(raw, during, deliveries, pinned),
		server: totalOf(servers),
		servers,
		trends: plan.settings.soak ? trendsOf(seconds, durationS) : null,
		seconds,
		machine: thisMachine(),
	} satisfies Omit<Result, "verdict">;
	return { ...figures, verdict: judge(figures, raw.drained) };
}

/** Returns the longest of the paths to the targets, whose figures depend least on the servers alone. */
function farthest(targets: Targets): Path {
	return PATHS.findLast((path) => targets.some((target) => target.path === path)) ?? targets[0].path;
}

function builds(targets: Targets): string {
	return [...new Set(targets.map(({ build }) => build))].join(", ");
}

function latencies(seconds: Second[]): Partial<Record<MeasureName, LatencySummary>> {
	const summaries: Partial<Record<MeasureName, LatencySummary>> = {};
	for (const name of MEASURE_NAMES) {
		const latency = new Latency();
		for (const { histograms } of seconds) if (histograms[name]) latency.add(histograms[name]);
		if (latency.count > 0) summaries[name] = latency.summary();
	}
	return summaries;
}

function bytesPerDelivery({ seconds, startMs, endMs }: RawResult): number | null {
	let bytes = 0;
	let deliveries = 0;
	for (const parts of Map.groupBy(seconds, ({ worker }) => worker).values()) {
		const sampled = parts.filter(
			({ atMs, sample }) => sample && atMs > startMs - HALF_SECOND_MS && atMs < endMs + HALF_SECOND_MS,
		);
		const [first, last] = [sampled[0]?.sample, sampled.at(-1)?.sample];
		// A new connection counts from 0.
		if (!first || !last || last.bytes < first.bytes) return null;
		bytes += last.bytes - first.bytes;
		deliveries += last.deliveries - first.deliveries;
	}
	return deliveries === 0 ? null : bytes / deliveries;
}

function generatorReport(raw: RawResult, during: Second[], deliveries: number, pinned: boolean): GeneratorReport {
	const byThread = [...Map.groupBy(during, ({ worker }) => worker).values()];
	const selves = during.map(({ self }) => self);
	// Every thread reports the CPU of the whole process, so that one of them is enough.
	const cpuS = (byThread[0]?.at(-1)?.self.processCpuS ?? 0) - (cpuAtStart(raw) ?? 0);
	const sampled = selves.filter(({ bookkeepingUs }) => bookkeepingUs > 0);
	return {
		threads: byThread.length,
		utilization: max(byThread.map((parts) => sum(parts, ({ self }) => self.utilization) / parts.length)),
		lagP99Ms: max(selves.map(({ lagP99Ms }) => lagP99Ms)),
		lagMaxMs: max(selves.map(({ lagMaxMs }) => lagMaxMs)),
		latenessP99Ms: latencies(during).lateness?.p99 ?? 0,
		cpuUsPerDelivery: deliveries === 0 ? 0 : (cpuS * 1e6) / deliveries,
		bookkeepingUsPerDelivery: sampled.length === 0 ? 0 : sum(sampled, (self) => self.bookkeepingUs) / sampled.length,
		rssMb: max(selves.map(({ rssBytes }) => rssBytes)) / MIB,
		pinned,
	};
}

function cpuAtStart({ seconds, startMs }: RawResult): number | undefined {
	const worker = seconds.find(({ atMs }) => atMs > startMs + HALF_SECOND_MS)?.worker;
	return seconds.findLast((second) => second.worker === worker && second.atMs <= startMs + HALF_SECOND_MS)?.self
		.processCpuS;
}
