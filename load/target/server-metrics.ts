import { setTimeout as sleep } from "node:timers/promises";
import { fetchMetrics, readMetric } from "../kit/metrics.ts";
import { nowMs } from "../measure/clock.ts";

const INTERVAL_MS = 1_000;
const TIMEOUT_MS = 5_000;
/** A server whose metrics are unavailable this often from the start is taken to hide them. */
const MAX_MISSES = 3;

/** The metrics of a server at one moment. */
export type ServerSample = {
	/** On the generator's monotonic clock. */
	atMs: number;
	/** When the process started, in seconds since 1970; distinguishes the processes behind one address. */
	startedS: number;
	/** CPU seconds since the process started. */
	cpuS: number;
	rssBytes: number;
	/** Lag of its event loop since the previous sample; undefined if it reports none. */
	lagP99Ms?: number;
};

/** One process of the deployment. */
export type WatchedServer = { name: string; samples: ServerSample[] };

/** Returns undefined for a text that is not this server's metrics. */
export function parseSample(text: string, atMs: number): ServerSample | undefined {
	const cpuS = readMetric(text, "hubbub_process_cpu_seconds_total");
	const rssBytes = readMetric(text, "hubbub_process_resident_memory_bytes");
	if (cpuS === undefined || rssBytes === undefined) return undefined;
	const startedS = readMetric(text, "hubbub_process_start_time_seconds") ?? 0;
	const lag = readMetric(text, "hubbub_event_loop_lag_seconds", 'quantile="0.99"');
	return { atMs, startedS, cpuS, rssBytes, ...(lag !== undefined && { lagP99Ms: lag * 1_000 }) };
}

/** Samples the processes behind all addresses until `signal` aborts. Those that hide their metrics are left out. */
export async function watchServers(urls: string[], signal: AbortSignal): Promise<WatchedServer[]> {
	const samples = await Promise.all(urls.map((url) => watchAddress(url, signal)));
	return urls.flatMap((url, index) => byProcess(new URL(url).host, samples[index]!));
}

/** Groups the samples of one address by process, because behind a balancer each sample may be of another one. */
export function byProcess(host: string, samples: ServerSample[]): WatchedServer[] {
	const processes = [...Map.groupBy(samples, ({ startedS }) => startedS).values()];
	return processes.map((samples, index) => ({ name: index === 0 ? host : `${host} (${index + 1})`, samples }));
}

async function watchAddress(url: string, signal: AbortSignal): Promise<ServerSample[]> {
	const samples: ServerSample[] = [];
	let misses = 0;
	while (!signal.aborted && (samples.length > 0 || misses < MAX_MISSES)) {
		const text = await fetchMetrics(url, TIMEOUT_MS).catch(() => "");
		const sample = parseSample(text, nowMs());
		if (sample) samples.push(sample);
		else misses++;
		await sleep(INTERVAL_MS, undefined, { signal }).catch(() => undefined);
	}
	return samples;
}
