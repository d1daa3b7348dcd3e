/** A row, and the distance of its end from the top of the view. */
export type InView = { element: Element; bottom: number };

/** Returns the rows of the list that are at least partly in view, in order. Separators between the rows are left out. */
export function rowsInView(view: Element, list: Element): InView[] {
	const { top, bottom } = view.getBoundingClientRect();
	const rows = list.children;
	// The rows are in order, so the first one is found without reading the position of each.
	let [low, high] = [0, rows.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rows[middle]!.getBoundingClientRect().bottom <= top) low = middle + 1;
		else high = middle;
	}
	const inView: InView[] = [];
	for (; low < rows.length; low++) {
		const element = rows[low] as HTMLElement;
		const box = element.getBoundingClientRect();
		if (box.top >= bottom) break;
		if (element.dataset.anchor !== undefined) inView.push({ element, bottom: box.bottom - top });
	}
	return inView;
}
