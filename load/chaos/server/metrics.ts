/** Reads one value of a server's `/metrics`; 0 where it is not there. `series` is a name with its labels, if it has any. */
export async function readMetric(url: string, series: string): Promise<number> {
	const text = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) })).text();
	const line = text.split("\n").find((one) => one.startsWith(`${series} `));
	return line === undefined ? 0 : Number(line.slice(series.length + 1));
}
