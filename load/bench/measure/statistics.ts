import { median } from "../../kit/latency.ts";

/** Median, minimum and maximum of the ratios of all rounds. Noise that lasts longer than a round cancels out. */
export type Ratio = { median: number; least: number; most: number };

/** Returns the ratio `of / to` over the rounds that have both values; undefined if there are none. */
export function pairedRatio(
	of: readonly (number | undefined)[],
	to: readonly (number | undefined)[],
): Ratio | undefined {
	const ratios = of.flatMap((value, round) => {
		const other = to[round];
		return value === undefined || other === undefined ? [] : [value / other];
	});
	if (ratios.length === 0) return undefined;
	return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
