import type { Harvest } from "../run/one-run.ts";
import type { ServerSample } from "../target/server-metrics.ts";
import type { Result, ServerReport } from "./result.ts";

const MB = 2 ** 20;

/** What each server told of itself while people talked. `deliveries` are those of all of them in that time. */
export function serverReports({ servers, startMs, endMs }: Harvest, deliveries: number): Result["servers"] {
	return servers.flatMap(({ name, samples }) => {
		const talk = samples.filter(({ atMs }) => atMs >= startMs && atMs <= endMs);
		const [first, last] = [talk[0], talk.at(-1)];
		if (!first || !last || first === last) return [];
		const cpuCores = coresBetween(first, last);
		const lags = talk.flatMap(({ lagP99Ms }) => lagP99Ms ?? []);
		return {
			name,
			cpuCores,
			cpuCoresMax: max(talk.slice(1).map((sample, index) => coresBetween(talk[index]!, sample))),
			rssMaxMb: max(samples.map(({ rssBytes }) => rssBytes)) / MB,
			lagP99Ms: lags.length === 0 ? null : max(lags),
			cpuUsPerDelivery: deliveries === 0 ? 0 : (cpuCores * (endMs - startMs) * 1_000) / deliveries,
		};
	});
}

/** All servers as one; null for none. */
export function together(servers: Result["servers"]): ServerReport | null {
	if (servers.length === 0) return null;
	const sum = (figure: (server: ServerReport) => number) => servers.reduce((total, one) => total + figure(one), 0);
	const lags = servers.flatMap(({ lagP99Ms }) => lagP99Ms ?? []);
	return {
		cpuCores: sum(({ cpuCores }) => cpuCores),
		cpuCoresMax: max(servers.map(({ cpuCoresMax }) => cpuCoresMax)),
		rssMaxMb: sum(({ rssMaxMb }) => rssMaxMb),
		lagP99Ms: lags.length === 0 ? null : max(lags),
		cpuUsPerDelivery: sum(({ cpuUsPerDelivery }) => cpuUsPerDelivery),
	};
}

/** Cores in use from one look to the next. */
export function coresBetween(before: ServerSample, after: ServerSample): number {
	return (1_000 * (after.cpuS - before.cpuS)) / (after.atMs - before.atMs);
}

/** 0 for none; unlike `Math.max(...)` it takes a soak's many seconds. */
function max(values: number[]): number {
	return values.reduce((a, b) => Math.max(a, b), 0);
}
