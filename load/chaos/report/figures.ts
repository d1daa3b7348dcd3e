/** `p50 0.61 s, max 1.40 s`; a dash where there is nothing. */
export function spread(ms: readonly number[], tail: "p99" | "max" = "max"): string {
	if (ms.length === 0) return "–";
	const sorted = [...ms].sort((a, b) => a - b);
	const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
	return `p50 ${duration(at(0.5))}, ${tail} ${duration(at(tail === "max" ? 1 : 0.99))}`;
}

/** Under ten seconds in milliseconds. */
export function duration(ms: number): string {
	return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export function mebibytes(bytes: number): string {
	return `${(bytes / 1_048_576).toFixed(0)} MiB`;
}
