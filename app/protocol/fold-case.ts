/**
 * Full case folding, as far as JavaScript supports it: through the upper case, so that "STRASSE", "straße" and "STRAẞE"
 * are one, and with one sigma, because the lower case has another one at the end of a word.
 */
export function foldCase(text: string): string {
	return text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFKC");
}
