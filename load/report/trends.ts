import { median, type Point, slopeOf } from "../measure/slope.ts";
import type { SecondReport, Trend } from "./result.ts";

/** The first half of a talk warms everything up; a second half that is shorter than this can't tell either. */
const MIN_HALF_S = 600;
const S_PER_HOUR = 3_600;

type Figure = {
	name: Trend["name"];
	unit: Trend["unit"];
	of: (second: SecondReport) => number | null;
	/** Over the half, of the median and at least so much: what is no more than that is no rise. */
	slack: { share: number; atLeast: number };
	/** What a rise must not be hidden behind: noise that could hide more than this leaves the question open. */
	resolution: { share: number; atLeast: number };
};

const FIGURES: Figure[] = [
	{
		name: "memory",
		unit: "MB",
		of: ({ serverRssMb }) => serverRssMb,
		slack: { share: 0.01, atLeast: 1 },
		resolution: { share: 0.05, atLeast: 5 },
	},
	{
		name: "p99",
		unit: "ms",
		of: ({ p99 }) => p99,
		slack: { share: 0.1, atLeast: 1 },
		resolution: { share: 0.5, atLeast: 5 },
	},
	{
		name: "event loop",
		unit: "ms",
		of: ({ serverLagMs }) => serverLagMs,
		slack: { share: 0.1, atLeast: 1 },
		resolution: { share: 0.5, atLeast: 5 },
	},
];

/**
 * Whether memory and latency creep, by the second half of the talk. A figure is `rising` when even the lower end of the
 * slope's interval lifts it by more than the slack over that half; it is `flat` when the upper end does not lift it
 * beyond the resolution either; otherwise, and where the half is shorter than ten minutes, it is `unclear`.
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
	const limit = ({ share, atLeast }: Figure["slack"]) => Math.max(share * level, atLeast);
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
