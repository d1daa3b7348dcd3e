import { median, sum } from "../kit/latency.ts";

/** A value at a time in seconds. */
export type Point = { t: number; value: number };

/** The slope of a straight line through points, by least squares. */
export type Slope = {
	/** Change per second. */
	perS: number;
	/** The 95 % confidence interval. */
	low: number;
	high: number;
	/** The line's value at the first and at the last point. */
	from: number;
	to: number;
};

/** Each interval of time counts with its median, so that a single spike is no trend. */
const INTERVALS = 24;
const MIN_INTERVALS = 8;
/** So few intervals cannot distinguish a stronger correlation from a trend. */
const MAX_CORRELATION = 0.9;

/** Returns undefined for too few points. */
export function slopeOf(points: readonly Point[]): Slope | undefined {
	const medians = medianPoints(points);
	const n = medians.length;
	if (n < MIN_INTERVALS) return undefined;
	const meanT = sum(medians, ({ t }) => t) / n;
	const meanValue = sum(medians, ({ value }) => value) / n;
	const spread = sum(medians, ({ t }) => (t - meanT) ** 2);
	const perS = sum(medians, ({ t, value }) => (t - meanT) * (value - meanValue)) / spread;
	const at = (t: number) => meanValue + perS * (t - meanT);
	const residuals = medians.map(({ t, value }) => value - at(t));
	const scatter = sum(residuals, (residual) => residual ** 2);
	const error = Math.sqrt(scatter / (n - 2) / spread) * autocorrelationFactor(residuals, scatter);
	const margin = studentT(n - 2) * error;
	return { perS, low: perS - margin, high: perS + margin, from: at(points[0]!.t), to: at(points.at(-1)!.t) };
}

function medianPoints(points: readonly Point[]): Point[] {
	const start = points[0]?.t ?? 0;
	const length = ((points.at(-1)?.t ?? 0) - start) / INTERVALS;
	if (length <= 0) return [];
	const index = ({ t }: Point) => Math.min(INTERVALS - 1, Math.floor((t - start) / length));
	return [...Map.groupBy(points, index).values()].map((part) => ({
		t: sum(part, ({ t }) => t) / part.length,
		value: median(part.map(({ value }) => value)),
	}));
}

/** Returns the factor by which autocorrelation of the residuals widens the standard error. */
function autocorrelationFactor(residuals: readonly number[], scatter: number): number {
	if (scatter === 0) return 1;
	const neighbours = residuals.slice(1).reduce((total, residual, index) => total + residual * residuals[index]!, 0);
	const correlation = Math.min(MAX_CORRELATION, Math.max(0, neighbours / scatter));
	return Math.sqrt((1 + correlation) / (1 - correlation));
}

/** Returns Student's t for 95 %, two-sided, by the expansion of Cornish and Fisher. */
function studentT(degrees: number): number {
	const z = 1.96;
	return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}
