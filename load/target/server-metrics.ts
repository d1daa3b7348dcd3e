import { setTimeout as sleep } from "node:timers/promises";
import { nowMs } from "../clock.ts";

const EVERY_MS = 1_000;
const TIMEOUT_MS = 5_000;

/** What the server told of itself at one moment. */
export type ServerSample = {
	/** On the generator's steady clock. */
	atMs: number;
	/** CPU seconds since the server began. */
	cpuS: number;
	rssBytes: number;
	/** How late its event loop was since the last look; undefined where it doesn't tell. */
	lagP99Ms?: number;
};

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?\s+(\S+)/;

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
	const lag = readMetric(text, "hubbub_event_loop_lag_seconds", 'quantile="0.99"');
	return { atMs, cpuS, rssBytes, ...(lag !== undefined && { lagP99Ms: lag * 1_000 }) };
}

/** Looks at `/metrics` every second until `signal` ends it. A server that hides them gives an empty list. */
export async function watchServer(url: string, signal: AbortSignal): Promise<ServerSample[]> {
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
