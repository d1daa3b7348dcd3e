/** Rows on both sides of a position, ascending. */
export type RowsAround<T> = {
	rows: T[];
	/** Whether there are earlier rows. */
	more: boolean;
	/** Whether there are later rows. */
	moreAfter: boolean;
};

/**
 * Selects up to `limit` rows around a position: half of them before it, and more on one side where the other has fewer.
 * `earlier` descends from the position and `later` ascends from it; each has up to `limit + 1` rows.
 */
export function rowsAround<T>(earlier: readonly T[], later: readonly T[], limit: number): RowsAround<T> {
	const half = Math.floor(limit / 2);
	const after = Math.min(later.length, Math.max(limit - half, limit - earlier.length));
	const before = Math.min(earlier.length, limit - after);
	return {
		rows: [...earlier.slice(0, before).reverse(), ...later.slice(0, after)],
		more: earlier.length > before,
		moreAfter: later.length > after,
	};
}
