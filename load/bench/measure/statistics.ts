/** The middle value; of an even number the mean of the two in the middle. NaN where there are none. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	if (sorted.length % 2 === 1) return sorted[middle]!;
	const [below, above] = [sorted[middle - 1], sorted[middle]];
	return below === above ? (below ?? Number.NaN) : (below! + above!) / 2;
}

export type Ratio = {
	/** Of the ratios of each round: machine noise that lasts longer than a round cancels. */
	median: number;
	least: number;
	most: number;
};

/** `of / to`, round by round; a round that lacks either is left out, and undefined is the answer where none has both. */
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
