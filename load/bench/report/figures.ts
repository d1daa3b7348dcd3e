import type { Ratio } from "../measure/statistics.ts";
import type { Metric } from "../workloads/workload.ts";

type Format = {
	heading: string;
	digits: number;
	/** Whether the table has its ratio to the first server. */
	isCompared?: true;
};

const FORMATS: Record<Metric, Format> = {
	cpuUsPerDelivery: { heading: "CPU-µs per delivery", digits: 2, isCompared: true },
	writesPerDelivery: { heading: "write calls per delivery", digits: 3 },
	deliveriesPerS: { heading: "deliveries/s", digits: 0 },
	p50Ms: { heading: "p50, ms", digits: 1 },
	p99Ms: { heading: "p99, ms", digits: 1 },
	serverCpu: { heading: "of one core", digits: 2 },
	cpuUsPerJoin: { heading: "CPU-µs per join", digits: 0, isCompared: true },
	presencePackets: { heading: "presence packets", digits: 0 },
	residentKbPerConnection: { heading: "KB per connection", digits: 1, isCompared: true },
	reactionsToMessages: { heading: "CPU, reactions / messages", digits: 2 },
	editsToMessages: { heading: "CPU, edits / messages", digits: 2 },
	p99ReactionsMs: { heading: "p99 of reactions, ms", digits: 1 },
	p99ToMessages: { heading: "p99, reactions / messages", digits: 2 },
	bytesPerJoin: { heading: "bytes per join", digits: 0 },
	bytesToPlain: { heading: "bytes, with / without reactions", digits: 2 },
	cpuToPlain: { heading: "CPU, with / without reactions", digits: 2 },
	resumedTogether: { heading: "CPU after a lost connection, together / apart", digits: 2 },
	reloadedTogether: { heading: "CPU after a reload, together / apart", digits: 2 },
	residentGrowthMib: { heading: "growth of memory, MiB", digits: 1 },
	p99ToQuiet: { heading: "p99, with / without uploads", digits: 2 },
	cpuToBare: { heading: "CPU of 25 MB, chat / bare server", digits: 2 },
};

export function heading(metric: Metric): string {
	return FORMATS[metric].heading;
}

/** Formats a value: a dash if it is missing, "never" if it is infinite. */
export function figure(metric: Metric, value: number | undefined): string {
	if (value === undefined || Number.isNaN(value)) return "–";
	if (value === Number.POSITIVE_INFINITY) return "never";
	const { digits } = FORMATS[metric];
	return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Formats a value and, for a compared metric, its ratio to the first server: median, minimum and maximum. */
export function comparedFigure(metric: Metric, value: number | undefined, ratio: Ratio | undefined): string {
	const text = figure(metric, value);
	if (!FORMATS[metric].isCompared || ratio === undefined) return text;
	return `${text} · **${times(ratio.median)}** (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`;
}

export function times(ratio: number): string {
	return `${ratio.toFixed(2)} ×`;
}
