import type { Ratio } from "../measure/statistics.ts";
import type { Metric } from "../workloads/workload.ts";

type Figure = {
	heading: string;
	digits: number;
	/** A cost that servers are held against each other by. */
	compared?: true;
};

/** How each metric is headed and written. */
const FIGURES: Record<Metric, Figure> = {
	cpuUsPerDelivery: { heading: "CPU-µs per delivery", digits: 2, compared: true },
	writesPerDelivery: { heading: "write calls per delivery", digits: 3 },
	deliveriesPerS: { heading: "deliveries/s", digits: 0 },
	p50Ms: { heading: "p50, ms", digits: 1 },
	p99Ms: { heading: "p99, ms", digits: 1 },
	serverCpu: { heading: "of one core", digits: 2 },
	cpuUsPerJoin: { heading: "CPU-µs per join", digits: 0, compared: true },
	presencePackets: { heading: "presence packets", digits: 0 },
	residentKbPerConnection: { heading: "KB per connection", digits: 1, compared: true },
};

export function heading(metric: Metric): string {
	return FIGURES[metric].heading;
}

/** A figure as people read it; a dash where there is none, "never" where it would have no end. */
export function figure(metric: Metric, value: number | undefined): string {
	if (value === undefined || Number.isNaN(value)) return "–";
	if (value === Number.POSITIVE_INFINITY) return "never";
	const { digits } = FIGURES[metric];
	return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The figure, and where it is one to compare by, how many times the first server's it is: the median, and all there was. */
export function compared(metric: Metric, value: number | undefined, ratio: Ratio | undefined): string {
	const alone = figure(metric, value);
	if (!FIGURES[metric].compared || ratio === undefined) return alone;
	return `${alone} · **${times(ratio.median)}** (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`;
}

export function times(ratio: number): string {
	return `${ratio.toFixed(2)} ×`;
}
