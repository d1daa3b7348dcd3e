const UNITS = ["kB", "MB", "GB"];

/** Returns "340 kB" or "1.2 MB". */
export function fileSize(bytes: number): string {
	if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
	let size = bytes / 1000;
	let unit = 0;
	// What would be rounded to 1000 is 1 of the next unit.
	for (; size >= 999.5 && unit < UNITS.length - 1; unit++) size /= 1000;
	return `${size < 9.95 ? size.toFixed(1).replace(".0", "") : Math.round(size)} ${UNITS[unit]}`;
}
