/** How many characters before the limit the count appears. */
const SHOWN_FROM_CHARS = 200;

/** "120 characters left", "3 characters too many", or nothing while there is plenty of room. */
export function roomLeft(length: number, maxChars: number): string {
	const left = maxChars - length;
	if (left > SHOWN_FROM_CHARS) return "";
	return `${characters(Math.abs(left))} ${left < 0 ? "too many" : "left"}`;
}

function characters(count: number): string {
	return `${count} ${count === 1 ? "character" : "characters"}`;
}
