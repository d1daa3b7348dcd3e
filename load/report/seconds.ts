import { Latency, sum } from "../kit/latency.ts";
import { MIB } from "../kit/report.ts";
import type { Second } from "../link/messages.ts";
import type { RawResult } from "../run/run-once.ts";
import type { WatchedServer } from "../target/server-metrics.ts";
import { maxOrNull } from "./figures.ts";
import type { SecondReport } from "./result.ts";
import { coresBetween } from "./server-report.ts";

const HALF_SECOND_MS = 500;

/** Returns the run second by second, all threads together, with the servers' figures. */
export function secondReports({ seconds, servers, startMs }: RawResult): SecondReport[] {
	const slot = (atMs: number) => Math.round((atMs - startMs) / 1_000);
	return [...Map.groupBy(seconds, ({ atMs }) => slot(atMs))]
		.sort(([a], [b]) => a - b)
		.map(([t, parts]) => ({ t, ...generatorFigures(parts), ...serverFigures(servers, startMs + 1_000 * t) }));
}

function generatorFigures(parts: Second[]) {
	const fanout = new Latency();
	for (const { histograms } of parts) if (histograms.fanout) fanout.add(histograms.fanout);
	const at = (percent: number) => (fanout.count > 0 ? fanout.percentile(percent) : null);
	return {
		// A thread may report a second in two halves, which have the same users.
		users: sum(new Map(parts.map(({ worker, users }) => [worker, users])).values().toArray(), (users) => users),
		sent: sum(parts, ({ sent }) => sent),
		deliveries: sum(parts, ({ deliveries }) => deliveries),
		errors: sum(parts, ({ errors }) => sum(Object.values(errors), (times) => times)),
		p50: at(50),
		p99: at(99),
		max: at(100),
		generatorUtilization: Math.max(...parts.map(({ self }) => self.utilization)),
		generatorLagMs: Math.max(...parts.map(({ self }) => self.lagP99Ms)),
	};
}

/** A server without a sample in this very second counts with the samples around it. */
function serverFigures(servers: WatchedServer[], atMs: number) {
	const samples = servers.flatMap(({ samples }) => {
		const index = samples.findIndex((sample) => sample.atMs >= atMs - HALF_SECOND_MS);
		const [before, sample] = [samples[index - 1], samples[index]];
		return before && sample ? { ...sample, cores: coresBetween(before, sample) } : [];
	});
	if (samples.length === 0) return { serverCores: null, serverRssMb: null, serverLagMs: null };
	return {
		serverCores: sum(samples, ({ cores }) => cores),
		serverRssMb: sum(samples, ({ rssBytes }) => rssBytes / MIB),
		serverLagMs: maxOrNull(samples.flatMap(({ lagP99Ms }) => lagP99Ms ?? [])),
	};
}
