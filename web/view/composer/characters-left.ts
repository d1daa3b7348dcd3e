const SHOWN_FROM_CHARS = 200;

/** Returns "120 characters left", "3 characters too many", or "" far from the limit. */
export function charactersLeft(length: number, maxChars: number): string {
	const left = maxChars - length;
	if (left > SHOWN_FROM_CHARS) return "";
	return `${characters(Math.abs(left))} ${left < 0 ? "too many" : "left"}`;
}

function characters(count: number): string {
	return `${count} ${count === 1 ? "character" : "characters"}`;
}
