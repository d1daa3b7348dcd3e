import type { Second } from "../link/lines.ts";
import { Latency } from "../measure/latency.ts";
import type { Harvest } from "../run/one-run.ts";
import type { WatchedServer } from "../target/server-metrics.ts";
import type { SecondReport } from "./result.ts";
import { coresBetween } from "./server-report.ts";

const MB = 2 ** 20;
const HALF_SECOND_MS = 500;

/** The run second by second, all threads together, with the server's own figures beside them. */
export function secondReports({ seconds, servers, startMs }: Harvest): SecondReport[] {
	const slot = (atMs: number) => Math.round((atMs - startMs) / 1_000);
	return [...Map.groupBy(seconds, ({ atMs }) => slot(atMs))]
		.sort(([a], [b]) => a - b)
		.map(([t, parts]) => ({ t, ...together(parts), ...serverFigures(servers, startMs + 1_000 * t) }));
}

function together(parts: Second[]) {
	const fanout = new Latency();
	for (const { histograms } of parts) if (histograms.fanout) fanout.add(histograms.fanout);
	const { p50, p99, max } = fanout.summary();
	const isMeasured = fanout.count > 0;
	const sum = (figure: (part: Second) => number) => parts.reduce((total, part) => total + figure(part), 0);
	return {
		// A second that a thread told in two halves has its users once.
		users: [...new Map(parts.map(({ worker, users }) => [worker, users])).values()].reduce((a, b) => a + b, 0),
		sent: sum(({ sent }) => sent),
		deliveries: sum(({ deliveries }) => deliveries),
		errors: sum(({ errors }) => Object.values(errors).reduce((a, b) => a + b, 0)),
		p50: isMeasured ? p50 : null,
		p99: isMeasured ? p99 : null,
		max: isMeasured ? max : null,
		generatorUtilization: Math.max(...parts.map(({ self }) => self.utilization)),
		generatorLagMs: Math.max(...parts.map(({ self }) => self.lagP99Ms)),
	};
}

/** All servers together. One that was not looked at in this very second counts with what it told around it. */
function serverFigures(servers: WatchedServer[], atMs: number) {
	const looks = servers.flatMap(({ samples }) => {
		const index = samples.findIndex((sample) => sample.atMs >= atMs - HALF_SECOND_MS);
		const [before, sample] = [samples[index - 1], samples[index]];
		return before && sample ? { sample, cores: coresBetween(before, sample) } : [];
	});
	if (looks.length === 0) return { serverCores: null, serverRssMb: null, serverLagMs: null };
	const lags = looks.flatMap(({ sample }) => sample.lagP99Ms ?? []);
	return {
		serverCores: looks.reduce((sum, { cores }) => sum + cores, 0),
		serverRssMb: looks.reduce((sum, { sample }) => sum + sample.rssBytes / MB, 0),
		serverLagMs: lags.length === 0 ? null : Math.max(...lags),
	};
}
