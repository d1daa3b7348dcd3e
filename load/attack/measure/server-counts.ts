import { fetchMetrics, readLabelled, readMetric } from "../../kit/metrics.ts";

const TIMEOUT_MS = 30_000;

/**
 * Reads what a server reports at `/metrics`: the delay of its timers since the last reading in ms, and refusals by code
 * and disconnects by reason since it started.
 */
export async function readServerCounts(url: string) {
	const text = await fetchMetrics(url, TIMEOUT_MS);
	const lag = readLabelled(text, "hubbub_event_loop_lag_seconds", "quantile");
	return {
		lagP99Ms: (lag["0.99"] ?? 0) * 1_000,
		lagMaxMs: (lag["1"] ?? 0) * 1_000,
		cpuSeconds: readMetric(text, "hubbub_process_cpu_seconds_total") ?? 0,
		refusals: readLabelled(text, "hubbub_refusals_total", "code"),
		disconnects: readLabelled(text, "hubbub_disconnects_total", "reason"),
	};
}

/** Returns what was added between two readings, without what was not. */
export function added(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
	const more = Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)] as const);
	return Object.fromEntries(more.filter(([, value]) => value > 0));
}
