type Duration = { title: string; file: string; ms: number };

const durations: Duration[] = [];

export function noteDuration(duration: Duration): void {
	durations.push(duration);
}

/** Returns the slowest tests, one per line. */
export function slowestTests(count: number): string[] {
	return durations
		.sort((a, b) => b.ms - a.ms)
		.slice(0, count)
		.map(({ title, file, ms }) => `${(ms / 1_000).toFixed(1).padStart(6)} s  ${file}: ${title}`);
}
