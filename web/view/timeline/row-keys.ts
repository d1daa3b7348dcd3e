type Key = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

/** Returns the index of the row to which a key moves the focus, from row `index` of `count`; undefined for other keys. */
export function targetOfKey(
	{ key, altKey, ctrlKey, metaKey, shiftKey }: Key,
	index: number,
	count: number,
): number | undefined {
	// With these the arrows switch rooms, scroll or select.
	if (altKey || ctrlKey || metaKey || shiftKey) return undefined;
	switch (key) {
		case "ArrowUp":
			return Math.max(0, index - 1);
		case "ArrowDown":
			return Math.min(count - 1, index + 1);
		case "Home":
			return 0;
		case "End":
			return count - 1;
		default:
			return undefined;
	}
}
