import { sum } from "../kit/latency.ts";
import { MIB } from "../kit/report.ts";
import type { RawResult } from "../run/run-once.ts";
import type { ServerSample } from "../target/server-metrics.ts";
import { max, maxOrNull } from "./figures.ts";
import type { Result, ServerReport } from "./result.ts";

/** Returns the figures of each server while messages were sent; `deliveries` is the total of all of them in that time. */
export function serverReports({ servers, startMs, endMs }: RawResult, deliveries: number): Result["servers"] {
	return servers.flatMap(({ name, samples }) => {
		const during = samples.filter(({ atMs }) => atMs >= startMs && atMs <= endMs);
		const [first, last] = [during[0], during.at(-1)];
		if (!first || !last || first === last) return [];
		const cpuCores = coresBetween(first, last);
		return {
			name,
			cpuCores,
			cpuCoresMax: max(during.slice(1).map((sample, index) => coresBetween(during[index]!, sample))),
			rssMaxMb: max(samples.map(({ rssBytes }) => rssBytes)) / MIB,
			lagP99Ms: maxOrNull(during.flatMap(({ lagP99Ms }) => lagP99Ms ?? [])),
			cpuUsPerDelivery: deliveries === 0 ? 0 : (cpuCores * (endMs - startMs) * 1_000) / deliveries,
		};
	});
}

/** Returns the figures of all servers together; null for none. */
export function totalOf(servers: Result["servers"]): ServerReport | null {
	if (servers.length === 0) return null;
	return {
		cpuCores: sum(servers, ({ cpuCores }) => cpuCores),
		cpuCoresMax: max(servers.map(({ cpuCoresMax }) => cpuCoresMax)),
		rssMaxMb: sum(servers, ({ rssMaxMb }) => rssMaxMb),
		lagP99Ms: maxOrNull(servers.flatMap(({ lagP99Ms }) => lagP99Ms ?? [])),
		cpuUsPerDelivery: sum(servers, ({ cpuUsPerDelivery }) => cpuUsPerDelivery),
	};
}

/** Returns the average number of cores in use between two samples. */
export function coresBetween(before: ServerSample, after: ServerSample): number {
	return (1_000 * (after.cpuS - before.cpuS)) / (after.atMs - before.atMs);
}
