/** A figure at a moment, in seconds. */
export type Point = { t: number; value: number };

/** How a figure rises, by least squares. */
export type Slope = {
	/** A second; negative where it falls. */
	perS: number;
	/** The true slope lies between these in 95 cases of 100. */
	low: number;
	high: number;
	/** What the line has at the first and at the last moment. */
	from: number;
	to: number;
};

/** The figure is looked at in so many stretches of time, each by its median: what happens once in a stretch is no trend. */
const STRETCHES = 24;
const MIN_STRETCHES = 8;
/** More than that can't be told from a trend by so few stretches. */
const MAX_CORRELATION = 0.9;

/** Undefined where there are too few points for an answer. */
export function slopeOf(points: readonly Point[]): Slope | undefined {
	const medians = stretches(points);
	const n = medians.length;
	if (n < MIN_STRETCHES) return undefined;
	const meanT = mean(medians.map(({ t }) => t));
	const meanValue = mean(medians.map(({ value }) => value));
	const spread = sum(medians, ({ t }) => (t - meanT) ** 2);
	const perS = sum(medians, ({ t, value }) => (t - meanT) * (value - meanValue)) / spread;
	const at = (t: number) => meanValue + perS * (t - meanT);
	const off = medians.map(({ t, value }) => value - at(t));
	const scatter = sum(off, (one) => one ** 2);
	const error = Math.sqrt(scatter / (n - 2) / spread) * wander(off, scatter);
	const margin = studentT(n - 2) * error;
	const [first, last] = [points[0]!.t, points.at(-1)!.t];
	return { perS, low: perS - margin, high: perS + margin, from: at(first), to: at(last) };
}

function stretches(points: readonly Point[]): Point[] {
	const start = points[0]?.t ?? 0;
	const length = ((points.at(-1)?.t ?? 0) - start) / STRETCHES;
	if (length <= 0) return [];
	const index = ({ t }: Point) => Math.min(STRETCHES - 1, Math.floor((t - start) / length));
	return [...Map.groupBy(points, index).values()].map((part) => ({
		t: mean(part.map(({ t }) => t)),
		value: median(part.map(({ value }) => value)),
	}));
}

/** What stays up once it is up looks like a trend more easily: by so much the error is larger. */
function wander(off: readonly number[], scatter: number): number {
	if (scatter === 0) return 1;
	const neighbours = off.slice(1).reduce((total, one, index) => total + one * off[index]!, 0);
	const correlation = Math.min(MAX_CORRELATION, Math.max(0, neighbours / scatter));
	return Math.sqrt((1 + correlation) / (1 - correlation));
}

/** Student's t for 95 %, two-sided, from the normal distribution's by the series of Cornish and Fisher. */
function studentT(degrees: number): number {
	const z = 1.96;
	return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function mean(values: readonly number[]): number {
	return values.reduce((a, b) => a + b, 0) / values.length;
}

function sum<T>(items: readonly T[], figure: (item: T) => number): number {
	return items.reduce((total, item) => total + figure(item), 0);
}
