import { Latency } from "../kit/latency.ts";
import { MEASURE_NAMES, type MeasureName } from "../measure/measures.ts";

/** A server can word its errors in any way. Further causes are counted under one name. */
const MAX_CAUSES = 50;

/** Counts and latencies since they were last taken. */
export class SecondCounts {
	sent = 0;
	acked = 0;
	deliveries = 0;
	readonly #errors = new Map<string, number>();
	readonly #latencies = Object.fromEntries(MEASURE_NAMES.map((name) => [name, new Latency()])) as Record<
		MeasureName,
		Latency
	>;

	record(name: MeasureName, ms: number): void {
		this.#latencies[name].record(ms);
	}

	error(cause: string): void {
		const name = this.#errors.has(cause) || this.#errors.size < MAX_CAUSES ? cause : "other causes";
		this.#errors.set(name, (this.#errors.get(name) ?? 0) + 1);
	}

	take() {
		const { sent, acked, deliveries } = this;
		this.sent = this.acked = this.deliveries = 0;
		const errors = Object.fromEntries(this.#errors);
		this.#errors.clear();
		const histograms: Partial<Record<MeasureName, string>> = {};
		for (const name of MEASURE_NAMES) {
			if (this.#latencies[name].count > 0) histograms[name] = this.#latencies[name].take();
		}
		return { sent, acked, deliveries, errors, histograms };
	}
}
