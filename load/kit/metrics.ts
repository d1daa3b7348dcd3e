import { fetchTarget } from "./target.ts";

const TIMEOUT_MS = 10_000;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?\s+(\S+)/;

/** Resolves with what a server shows at `/metrics`, in Prometheus' text format. */
export async function fetchMetrics(url: string, timeoutMs = TIMEOUT_MS): Promise<string> {
	return await (await fetchTarget(`${url}/metrics`, { signal: AbortSignal.timeout(timeoutMs) })).text();
}

/** Returns the value of a metric, of the first series whose labels contain `labels`; undefined if there is none. */
export function readMetric(text: string, name: string, labels = ""): number | undefined {
	for (const line of text.split("\n")) {
		const [, found, its = "", value] = SAMPLE.exec(line) ?? [];
		if (found === name && its.includes(labels)) return Number(value);
	}
	return undefined;
}

/** Returns the values of a metric by the value of one of its labels. */
export function readLabelled(text: string, name: string, label: string): Record<string, number> {
	const values = [...text.matchAll(new RegExp(`^${name}\\{${label}="([^"]+)"\\} (\\S+)$`, "gm"))];
	return Object.fromEntries(values.map(([, key, value]) => [key!, Number(value)]));
}
