import { Latency } from "../kit/latency.ts";
import { count, ms } from "../kit/report.ts";
import type { Collector } from "../link/collector.ts";
import type { Second } from "../link/messages.ts";
import { nowMs } from "../measure/clock.ts";
import type { Observer, RunStage } from "./run-once.ts";

const REDRAW_MS = 500;
/** A thread reports once a second. One that is late has not stopped. */
const CURRENT_FOR_MS = 2_500;
const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = "\r\u001b[K";

/** Shows the progress of a run in one line of a terminal; writes nothing elsewhere. */
export class Progress {
	readonly #stream: NodeJS.WriteStream;
	#drawnAtMs = 0;

	constructor(stream: NodeJS.WriteStream) {
		this.#stream = stream;
	}

	observer(users: number): Observer {
		return (stage, collector, leftMs) => {
			if (!this.#stream.isTTY || nowMs() - this.#drawnAtMs < REDRAW_MS) return;
			this.#drawnAtMs = nowMs();
			const width = (this.#stream.columns || DEFAULT_COLUMNS) - 1;
			this.#stream.write(CLEAR_LINE + progressLine(stage, collector, users, leftMs).slice(0, width));
		};
	}

	clear(): void {
		if (this.#stream.isTTY) this.#stream.write(CLEAR_LINE);
	}
}

export function progressLine(
	stage: RunStage,
	{ arrivals: { joined, failed }, seconds }: Pick<Collector, "arrivals" | "seconds">,
	users: number,
	leftMs: number,
): string {
	const failures = failed > 0 ? `, ${count(failed)} failed` : "";
	if (joined + failed === 0) return "The generator is starting …";
	if (stage === "arriving") return `${count(joined)} of ${count(users)} users have joined${failures}`;
	const newest = newestOfEachThread(seconds);
	const deliveries = newest.reduce((sum, second) => sum + second.deliveries, 0);
	const fanout = new Latency();
	for (const { histograms } of newest) if (histograms.fanout) fanout.add(histograms.fanout);
	const p99 = fanout.count > 0 ? `, p99 ${ms(fanout.percentile(99))}` : "";
	const left = stage === "sending" ? `${Math.ceil(leftMs / 1_000)} s left` : "waiting for outstanding deliveries";
	return `${count(joined)} users${failures}, ${count(deliveries)} deliveries/s${p99}, ${left}`;
}

function newestOfEachThread(seconds: Second[]): Second[] {
	const newest = new Map<number, Second>();
	for (let index = seconds.length - 1; index >= 0; index--) {
		const second = seconds[index]!;
		if (second.atMs < nowMs() - CURRENT_FOR_MS) break;
		if (!newest.has(second.worker)) newest.set(second.worker, second);
	}
	return [...newest.values()];
}
