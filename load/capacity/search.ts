/** The outcome of one size: the goal was met, it was missed, or the generator was too slow. */
export type SizeOutcome = "held" | "broke" | "inconclusive";

export type Bounds = {
	/** The first size. */
	from: number;
	/** The greatest size. */
	max: number;
	/** Sizes are multiples of this. */
	step: number;
};

/** The greatest size that held, 0 for none, and the smallest that did not. */
export type Found = { held: number; limit: number | undefined; limitOutcome: Exclude<SizeOutcome, "held"> | undefined };

/** Ratio of the two sizes at which the search ends. A finer result would not be repeatable. */
const RESOLUTION = 1.06;
const GROWTH = 2;

/**
 * Finds the greatest size that holds: doubles the size until one does not hold, then bisects. A size that does not hold is
 * tried a second time, because a disturbance of a shared machine is no limit of the deployment.
 */
export async function search(
	{ from, max, step }: Bounds,
	tryOut: (size: number) => Promise<SizeOutcome>,
): Promise<Found> {
	const round = (size: number) => Math.max(step, Math.floor(size / step) * step);
	const top = round(max);
	const found: Found = { held: 0, limit: undefined, limitOutcome: undefined };
	const measure = async (size: number) => {
		let outcome = await tryOut(size);
		if (outcome !== "held") outcome = await tryOut(size);
		if (outcome === "held") found.held = size;
		else Object.assign(found, { limit: size, limitOutcome: outcome });
	};

	for (let size = Math.min(round(from), top); found.limit === undefined; size = Math.min(size * GROWTH, top)) {
		await measure(size);
		if (size === top) break;
	}
	while (found.limit !== undefined) {
		const middle = round((found.held + found.limit) / 2);
		const isNear = found.limit <= found.held * RESOLUTION || middle <= found.held || middle >= found.limit;
		if (isNear) break;
		await measure(middle);
	}
	return found;
}
