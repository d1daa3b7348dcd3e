/** Rows that a page key moves by. */
const PAGE_ROWS = 4;

/**
 * Returns the index that a key moves to in a grid, "before" for a move up from the first row, or undefined for other keys.
 * `isCtrl` makes Home and End those of the grid.
 */
export function moveInGrid(
	key: string,
	index: number,
	count: number,
	columns: number,
	isCtrl: boolean,
): number | "before" | undefined {
	const rowStart = index - (index % columns);
	const last = count - 1;
	switch (key) {
		case "ArrowRight":
			return Math.min(index + 1, last);
		case "ArrowLeft":
			return Math.max(index - 1, 0);
		case "ArrowDown":
			// From a full row above an incomplete one, to its last cell.
			return index + columns <= last || rowStart + columns <= last ? Math.min(index + columns, last) : index;
		case "ArrowUp":
			return index < columns ? "before" : index - columns;
		case "PageDown":
			return Math.min(index + PAGE_ROWS * columns, last);
		case "PageUp":
			return Math.max(index - PAGE_ROWS * columns, index % columns);
		case "Home":
			return isCtrl ? 0 : rowStart;
		case "End":
			return isCtrl ? last : Math.min(rowStart + columns - 1, last);
		default:
			return undefined;
	}
}
