/** One size that was tried: it held, it broke, or the generator could not tell. */
export type Outcome = "held" | "broke" | "untold";

export type Bounds = {
	/** The first size. */
	from: number;
	/** No size above this one. */
	max: number;
	/** Sizes are multiples of this. */
	step: number;
};

/** What the search found: the greatest size that held, 0 for none, and the smallest that did not. */
export type Found = { held: number; limit: number | undefined; limitOutcome: Exclude<Outcome, "held"> | undefined };

/** The search ends when the two are as near as this: a finer answer would not be the same the next time. */
const RESOLUTION = 1.06;
const GROWTH = 2;

/**
 * The greatest size that holds: doubles until one doesn't, then halves the distance. `tryOut` is asked once a size; a
 * size that breaks is tried a second time, since one hiccup of a shared machine is no limit of the deployment.
 */
export async function search({ from, max, step }: Bounds, tryOut: (size: number) => Promise<Outcome>): Promise<Found> {
	const round = (size: number) => Math.max(step, Math.floor(size / step) * step);
	const top = round(max);
	const found: Found = { held: 0, limit: undefined, limitOutcome: undefined };
	const note = async (size: number) => {
		let outcome = await tryOut(size);
		if (outcome !== "held") outcome = await tryOut(size);
		if (outcome === "held") found.held = size;
		else Object.assign(found, { limit: size, limitOutcome: outcome });
	};

	for (let size = Math.min(round(from), top); found.limit === undefined; size = Math.min(size * GROWTH, top)) {
		await note(size);
		if (size === top) break;
	}
	while (found.limit !== undefined) {
		const middle = round((found.held + found.limit) / 2);
		const isNear = found.limit <= found.held * RESOLUTION || middle <= found.held || middle >= found.limit;
		if (isNear) break;
		await note(middle);
	}
	return found;
}
