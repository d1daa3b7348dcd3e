import type { Second } from "../link/lines.ts";
import { Latency } from "../measure/latency.ts";
import type { Harvest } from "../run/one-run.ts";
import type { ServerSample } from "../target/server-metrics.ts";
import type { SecondReport } from "./result.ts";

const MB = 2 ** 20;

/** The run second by second, all threads together, with the server's own figures beside them. */
export function secondReports({ seconds, server, startMs }: Harvest): SecondReport[] {
	const slot = (atMs: number) => Math.round((atMs - startMs) / 1_000);
	const samples = new Map(server.map((sample, index) => [slot(sample.atMs), { sample, before: server[index - 1] }]));
	return [...Map.groupBy(seconds, ({ atMs }) => slot(atMs))]
		.sort(([a], [b]) => a - b)
		.map(([t, parts]) => ({ t, ...together(parts), ...serverFigures(samples.get(t)) }));
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

function serverFigures(at: { sample: ServerSample; before: ServerSample | undefined } | undefined) {
	if (!at) return { serverCores: null, serverRssMb: null, serverLagMs: null };
	const { sample, before } = at;
	return {
		serverCores: before ? (1_000 * (sample.cpuS - before.cpuS)) / (sample.atMs - before.atMs) : null,
		serverRssMb: sample.rssBytes / MB,
		serverLagMs: sample.lagP99Ms ?? null,
	};
}
