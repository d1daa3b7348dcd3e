import type { Second } from "../link/messages.ts";

/** Returns 0 for none. Unlike `Math.max(...)` it takes the many seconds of a soak. */
export function max(values: readonly number[]): number {
	return values.reduce((a, b) => Math.max(a, b), 0);
}

/** Returns null for none, where 0 would be taken for a measured value. */
export function maxOrNull(values: readonly number[]): number | null {
	return values.length === 0 ? null : max(values);
}

/** Returns how often each error occurred. */
export function errorCounts(seconds: readonly Second[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { errors } of seconds) {
		for (const [cause, times] of Object.entries(errors)) counts[cause] = (counts[cause] ?? 0) + times;
	}
	return counts;
}
