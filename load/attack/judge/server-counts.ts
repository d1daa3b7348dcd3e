/** What a server says of itself at `/metrics`. */
export type ServerCounts = {
	/** By how much its timers were late since the last reading, ms. */
	lagP99Ms: number;
	lagMaxMs: number;
	cpuSeconds: number;
	/** Refusals by code, connections cut by reason: since it started. */
	refusals: Record<string, number>;
	cuts: Record<string, number>;
};

const TIMEOUT_MS = 30_000;
const LAG = "hubbub_event_loop_lag_seconds";

export async function readCounts(url: string): Promise<ServerCounts> {
	const text = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) })).text();
	const lag = labelled(text, LAG, "quantile");
	return {
		lagP99Ms: (lag["0.99"] ?? 0) * 1_000,
		lagMaxMs: (lag["1"] ?? 0) * 1_000,
		cpuSeconds: Number(/^hubbub_process_cpu_seconds_total (\S+)$/m.exec(text)?.[1] ?? 0),
		refusals: labelled(text, "hubbub_refusals_total", "code"),
		cuts: labelled(text, "hubbub_disconnects_total", "reason"),
	};
}

/** What has been added between two readings; what has not is left out. */
export function added(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
	const more = Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)] as const);
	return Object.fromEntries(more.filter(([, value]) => value > 0));
}

function labelled(text: string, name: string, label: string): Record<string, number> {
	const values = [...text.matchAll(new RegExp(`^${name}\\{${label}="([^"]+)"\\} (\\S+)$`, "gm"))];
	return Object.fromEntries(values.map(([, key, value]) => [key!, Number(value)]));
}
