import { nowMs } from "../clock.ts";
import type { Collector } from "../link/collector.ts";
import type { Second } from "../link/lines.ts";
import { Latency } from "../measure/latency.ts";
import { count, ms } from "../report/figures.ts";
import type { Onlooker, Stage } from "./one-run.ts";

const REDRAW_EVERY_MS = 500;
/** A thread tells each second; one that is late has not stopped. */
const NEWS_FOR_MS = 2_500;
const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = "\r\u001b[K";

/** One line that tells how the run goes, where somebody watches; elsewhere nothing. */
export class Progress {
	readonly #stream: NodeJS.WriteStream;
	#drawnAtMs = 0;

	constructor(stream: NodeJS.WriteStream) {
		this.#stream = stream;
	}

	onlooker(users: number): Onlooker {
		return (stage, collector, leftMs) => this.#show(stage, collector, users, leftMs);
	}

	/** Takes the line away, so that what is written next begins at its start. */
	clear(): void {
		if (this.#stream.isTTY) this.#stream.write(CLEAR_LINE);
	}

	#show(stage: Stage, collector: Collector, users: number, leftMs: number): void {
		if (!this.#stream.isTTY || nowMs() - this.#drawnAtMs < REDRAW_EVERY_MS) return;
		this.#drawnAtMs = nowMs();
		this.#stream.write(
			CLEAR_LINE +
				progressLine(stage, collector, users, leftMs).slice(0, (this.#stream.columns || DEFAULT_COLUMNS) - 1),
		);
	}
}

type Told = Pick<Collector, "arrivals" | "seconds">;

export function progressLine(stage: Stage, collector: Told, users: number, leftMs: number): string {
	const { joined, failed } = collector.arrivals;
	const failures = failed > 0 ? `, ${count(failed)} failed` : "";
	if (joined + failed === 0) return "The generator is starting …";
	if (stage === "arriving") return `${count(joined)} of ${count(users)} people are there${failures}`;
	const newest = newestOfEachThread(collector.seconds);
	const deliveries = newest.reduce((sum, second) => sum + second.deliveries, 0);
	const fanout = new Latency();
	for (const { histograms } of newest) if (histograms.fanout) fanout.add(histograms.fanout);
	const p99 = fanout.count > 0 ? `, p99 ${ms(fanout.summary().p99)}` : "";
	const left = stage === "talking" ? `${Math.ceil(leftMs / 1_000)} s left` : stage;
	return `${count(joined)} users${failures}, ${count(deliveries)} deliveries/s${p99}, ${left}`;
}

/** Each thread's last second, if it is not long ago. */
function newestOfEachThread(seconds: Second[]): Second[] {
	const newest = new Map<number, Second>();
	for (let index = seconds.length - 1; index >= 0; index--) {
		const second = seconds[index]!;
		if (second.atMs < nowMs() - NEWS_FOR_MS) break;
		if (!newest.has(second.worker)) newest.set(second.worker, second);
	}
	return [...newest.values()];
}
