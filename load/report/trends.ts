import { median } from "../kit/latency.ts";
import { type Point, slopeOf } from "../measure/slope.ts";
import type { SecondReport, Trend } from "./result.ts";

/** A shorter second half is inconclusive. The first half is for warming up. */
const MIN_HALF_S = 600;
const S_PER_HOUR = 3_600;

/** A change over the half: a share of the median, and at least this much. */
type Limit = { share: number; atLeast: number };

type Figure = {
	name: Trend["name"];
	unit: Trend["unit"];
	of: (second: SecondReport) => number | null;
	/** A smaller change is no rise. */
	slack: Limit;
	/** Noise that could hide a greater change leaves the trend unclear. */
	resolution: Limit;
};

const MEMORY = { slack: { share: 0.01, atLeast: 1 }, resolution: { share: 0.05, atLeast: 5 } };
const TIME = { slack: { share: 0.1, atLeast: 1 }, resolution: { share: 0.5, atLeast: 5 } };

const FIGURES: Figure[] = [
	{ name: "memory", unit: "MB", of: ({ serverRssMb }) => serverRssMb, ...MEMORY },
	{ name: "p99", unit: "ms", of: ({ p99 }) => p99, ...TIME },
	{ name: "event loop", unit: "ms", of: ({ serverLagMs }) => serverLagMs, ...TIME },
];

/**
 * Returns the trends of memory and latency in the second half of a run. A figure is `rising` when even the lower end of
 * the slope's interval raises it by more than the slack over that half. It is `flat` when the upper end does not raise it
 * beyond the resolution. Otherwise, and where the half is shorter than ten minutes, it is `unclear`.
 */
export function trendsOf(seconds: readonly SecondReport[], durationS: number): Trend[] {
	const half = seconds.filter(({ t }) => t >= durationS / 2 && t <= durationS);
	return FIGURES.flatMap((figure) => trendOf(figure, half, durationS / 2) ?? []);
}

function trendOf(figure: Figure, half: readonly SecondReport[], halfS: number): Trend | undefined {
	const points = half.flatMap((second): Point[] => {
		const value = figure.of(second);
		return value === null ? [] : [{ t: second.t, value }];
	});
	const slope = slopeOf(points);
	if (!slope) return undefined;
	const level = median(points.map(({ value }) => value));
	const limit = ({ share, atLeast }: Limit) => Math.max(share * level, atLeast);
	const verdict = () => {
		if (slope.low * halfS > limit(figure.slack)) return "rising";
		return slope.high * halfS <= limit(figure.resolution) ? "flat" : "unclear";
	};
	return {
		name: figure.name,
		unit: figure.unit,
		level,
		perHour: slope.perS * S_PER_HOUR,
		lowPerHour: slope.low * S_PER_HOUR,
		highPerHour: slope.high * S_PER_HOUR,
		line: { fromS: points[0]!.t, toS: points.at(-1)!.t, from: slope.from, to: slope.to },
		verdict: halfS < MIN_HALF_S ? "unclear" : verdict(),
	};
}
