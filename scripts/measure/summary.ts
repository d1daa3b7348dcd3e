/** The middle and the slow end of some samples, by nearest rank. */
export function summarise(samples: number[]): { median: number; p95: number; max: number } {
	const sorted = [...samples].sort((a, b) => a - b);
	const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
	return { median: rank(0.5), p95: rank(0.95), max: rank(1) };
}
