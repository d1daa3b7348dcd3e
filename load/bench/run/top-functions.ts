/** The parts of V8's CPU profile that are read here. Times are in microseconds. */
export type CpuProfile = {
	nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
	samples: number[];
	timeDeltas: number[];
};

/** A function with its file and line, and its share, 0 to 1, of the time in which the thread was not idle. */
export type Share = { where: string; share: number };

const IDLE = "(idle)";

/** Returns the busy time of the thread, and the `count` functions with the longest own time, longest first. */
export function topFunctions(
	{ nodes, samples, timeDeltas }: CpuProfile,
	count: number,
): { busyMs: number; shares: Share[] } {
	const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
	const times = new Map<string, number>();
	let busy = 0;
	for (const [i, sample] of samples.entries()) {
		const where = names.get(sample)!;
		if (where === IDLE) continue;
		busy += timeDeltas[i]!;
		times.set(where, (times.get(where) ?? 0) + timeDeltas[i]!);
	}
	const longest = [...times].sort(([, a], [, b]) => b - a).slice(0, count);
	return { busyMs: busy / 1_000, shares: longest.map(([where, time]) => ({ where, share: time / busy })) };
}

function nameOf({ functionName, url, lineNumber }: CpuProfile["nodes"][number]["callFrame"]): string {
	const name = functionName || "(anonymous)";
	if (url === "") return name;
	const file = url.split("/").slice(-2).join("/");
	return `${name}  ${file}:${lineNumber + 1}`;
}
