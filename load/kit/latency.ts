import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Each power of two is divided into this many buckets, so that a value is exact to a thousandth. */
const BUCKETS_PER_OCTAVE = 1_024;
const EXACT_BITS = Math.log2(BUCKETS_PER_OCTAVE);
/** About four and a half minutes; longer durations count as this one. */
const MAX_US = 2 ** 28 - 1;
const BUCKETS = bucketOf(MAX_US) + 1;

/** Percentiles in milliseconds. */
export type LatencySummary = {
	count: number;
	mean: number;
	p50: number;
	p95: number;
	p99: number;
	p999: number;
	max: number;
};

/** A histogram of durations, recorded in milliseconds and kept in whole microseconds, exact to a thousandth. */
export class Latency {
	readonly #buckets = new Uint32Array(BUCKETS);
	#count = 0;

	get count(): number {
		return this.#count;
	}

	record(ms: number): void {
		const us = ms > 0 ? Math.min(MAX_US, Math.round(ms * 1_000)) : 0;
		this.#buckets[bucketOf(us)]!++;
		this.#count++;
	}

	/** Returns the duration within which `percent` of `expected` events ended, `Infinity` where fewer were recorded. */
	percentile(percent: number, expected = this.#count): number {
		const rank = Math.max(1, Math.ceil((percent / 100) * expected));
		if (rank > this.#count) return Number.POSITIVE_INFINITY;
		let seen = 0;
		let bucket = -1;
		while (seen < rank) seen += this.#buckets[++bucket]!;
		return highestOf(bucket) / 1_000;
	}

	/** Returns zeros if nothing was recorded. */
	summary(): LatencySummary {
		const count = this.#count;
		if (count === 0) return { count, mean: 0, p50: 0, p95: 0, p99: 0, p999: 0, max: 0 };
		let sumUs = 0;
		for (const [bucket, times] of this.#buckets.entries()) {
			if (times > 0) sumUs += (times * (lowestOf(bucket) + highestOf(bucket))) / 2;
		}
		const [p50, p95, p99, p999, max] = [50, 95, 99, 99.9, 100].map((percent) => this.percentile(percent));
		return { count, mean: sumUs / count / 1_000, p50: p50!, p95: p95!, p99: p99!, p999: p999!, max: max! };
	}

	/** Returns the histogram as text for {@link add}, and starts an empty one. */
	take(): string {
		const used: [bucket: number, times: number][] = [];
		for (const [bucket, times] of this.#buckets.entries()) if (times > 0) used.push([bucket, times]);
		this.#buckets.fill(0);
		this.#count = 0;
		return deflateRawSync(JSON.stringify(used)).toString("base64");
	}

	/** Adds what another histogram returned from {@link take}. */
	add(taken: string): void {
		const used: [number, number][] = JSON.parse(inflateRawSync(Buffer.from(taken, "base64")).toString());
		for (const [bucket, times] of used) {
			this.#buckets[bucket]! += times;
			this.#count += times;
		}
	}
}

/** Values up to twice the buckets of an octave have a bucket each; above them the step doubles with each octave. */
function bucketOf(us: number): number {
	const shift = Math.max(0, 31 - Math.clz32(us) - EXACT_BITS);
	return shift * BUCKETS_PER_OCTAVE + (us >>> shift);
}

function shiftOf(bucket: number): number {
	return Math.max(0, Math.floor(bucket / BUCKETS_PER_OCTAVE) - 1);
}

function lowestOf(bucket: number): number {
	const shift = shiftOf(bucket);
	return (bucket - shift * BUCKETS_PER_OCTAVE) * 2 ** shift;
}

function highestOf(bucket: number): number {
	return lowestOf(bucket) + 2 ** shiftOf(bucket) - 1;
}

/** Returns the middle value, of an even number the mean of the two in the middle, NaN for none. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
	// Two infinities have a mean only in this way.
	return below === above ? (below ?? Number.NaN) : (below! + above!) / 2;
}

/** Returns the value that `percent` of the values do not exceed (nearest rank), NaN for none. */
export function percentileOf(values: readonly number[], percent: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function sum<T>(items: readonly T[], figure: (item: T) => number): number {
	return items.reduce((total, item) => total + figure(item), 0);
}
