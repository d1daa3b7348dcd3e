import { setTimeout as sleep } from "node:timers/promises";
import { nowMs } from "../clock.ts";

const EVERY_MS = 1_000;
const TIMEOUT_MS = 5_000;

/** What the server told of itself at one moment. */
export type ServerSample = {
	/** On the generator's steady clock. */
	atMs: number;
	/** When the process started, in seconds since 1970: tells the processes behind one address apart. */
	startedS: number;
	/** CPU seconds since the server began. */
	cpuS: number;
	rssBytes: number;
	/** How late its event loop was since the last look; undefined where it doesn't tell. */
	lagP99Ms?: number;
};

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?\s+(\S+)/;

/** One process of the deployment, and what it told of itself. */
export type WatchedServer = { name: string; samples: ServerSample[] };

/** The value of a metric in Prometheus' text format, the first one whose labels contain `label`. */
export function readMetric(text: string, name: string, label = ""): number | undefined {
	for (const line of text.split("\n")) {
		const [, found, labels = "", value] = LINE.exec(line) ?? [];
		if (found === name && labels.includes(label)) return Number(value);
	}
	return undefined;
}

export function parseSample(text: string, atMs: number): ServerSample | undefined {
	const cpuS = readMetric(text, "hubbub_process_cpu_seconds_total");
	const rssBytes = readMetric(text, "hubbub_process_resident_memory_bytes");
	if (cpuS === undefined || rssBytes === undefined) return undefined;
	const startedS = readMetric(text, "hubbub_process_start_time_seconds") ?? 0;
	const lag = readMetric(text, "hubbub_event_loop_lag_seconds", 'quantile="0.99"');
	return { atMs, startedS, cpuS, rssBytes, ...(lag !== undefined && { lagP99Ms: lag * 1_000 }) };
}

/** Watches the processes behind all addresses until `signal` ends it. Those that hide their metrics are left out. */
export async function watchServers(urls: string[], signal: AbortSignal): Promise<WatchedServer[]> {
	const samples = await Promise.all(urls.map((url) => watchAddress(url, signal)));
	return urls.flatMap((url, index) => tellApart(new URL(url).host, samples[index]!));
}

/** Behind one address may be a balancer, and a look finds now this process, now that. */
export function tellApart(host: string, samples: ServerSample[]): WatchedServer[] {
	const processes = [...Map.groupBy(samples, ({ startedS }) => startedS).values()];
	return processes.map((samples, index) => ({ name: index === 0 ? host : `${host} (${index + 1})`, samples }));
}

/** Looks at `/metrics` every second. A server that hides them gives an empty list. */
async function watchAddress(url: string, signal: AbortSignal): Promise<ServerSample[]> {
	const samples: ServerSample[] = [];
	let misses = 0;
	while (!signal.aborted && (samples.length > 0 || misses < 3)) {
		const sample = await readServer(url);
		if (sample) samples.push(sample);
		else misses++;
		await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
	}
	return samples;
}

async function readServer(url: string): Promise<ServerSample | undefined> {
	try {
		const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
		return parseSample(await response.text(), nowMs());
	} catch {
		return undefined;
	}
}
