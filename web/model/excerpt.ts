/** Returns the beginning of a text in one line, with "…" if there is more. */
export function excerptOf(text: string, maxChars: number): string {
	const line = text
		.slice(0, 4 * maxChars)
		.replace(/\s+/g, " ")
		.trim();
	// A surrogate pair is not cut in two.
	return line.length <= maxChars ? line : `${line.slice(0, maxChars).replace(/[\ud800-\udbff]$/, "")}…`;
}
