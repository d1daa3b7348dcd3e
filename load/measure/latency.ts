import hdr from "hdr-histogram-js";

const MAX_US = 120_000_000;

/** Percentiles in milliseconds. */
export type Summary = { count: number; mean: number; p50: number; p95: number; p99: number; p999: number; max: number };

/** Latencies of one kind: an HDR histogram in whole microseconds up to two minutes, three significant digits. */
export class Latency {
	#histogram = hdr.build({
		lowestDiscernibleValue: 1,
		highestTrackableValue: MAX_US,
		numberOfSignificantValueDigits: 3,
	});

	get count(): number {
		return this.#histogram.totalCount;
	}

	record(ms: number): void {
		this.#histogram.recordValue(Math.min(MAX_US, Math.max(0, Math.round(ms * 1_000))));
	}

	/** The record so far in compressed base64, after which it begins anew. */
	take(): string {
		const encoded = hdr.encodeIntoCompressedBase64(this.#histogram);
		this.#histogram.reset();
		return encoded;
	}

	add(encoded: string): void {
		this.#histogram.add(hdr.decodeFromCompressedBase64(encoded));
	}

	summary(): Summary {
		const at = (percentile: number) => this.#histogram.getValueAtPercentile(percentile) / 1_000;
		return {
			count: this.count,
			mean: this.count === 0 ? 0 : this.#histogram.mean / 1_000,
			p50: at(50),
			p95: at(95),
			p99: at(99),
			p999: at(99.9),
			max: this.count === 0 ? 0 : this.#histogram.maxValue / 1_000,
		};
	}
}
