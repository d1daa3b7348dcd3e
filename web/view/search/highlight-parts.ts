/** A part of a text. `isHit`: it matches the search. */
export type TextPart = { text: string; isHit: boolean };

/** Characters before the first part that matches, and in all. */
const BEFORE_CHARS = 60;
const MAX_CHARS = 240;

/**
 * Returns the parts of a text around the first that matches, with "…" where it is shortened. `ranges`: offsets in UTF-16 code units,
 * ascending.
 */
export function highlightParts(text: string, ranges: readonly (readonly [number, number])[]): TextPart[] {
	const from = wholeCharacter(text, Math.max(0, (ranges[0]?.[0] ?? 0) - BEFORE_CHARS));
	const to = wholeCharacter(text, Math.min(text.length, from + MAX_CHARS));
	const parts: TextPart[] = [];
	let at = from;
	const add = (end: number, isHit: boolean) => {
		if (end > at) parts.push({ text: text.slice(at, end), isHit });
		at = Math.max(at, end);
	};
	for (const [start, end] of ranges) {
		if (start >= to) break;
		add(start, false);
		add(Math.min(end, to), true);
	}
	add(to, false);
	if (from > 0) parts.unshift({ text: "…", isHit: false });
	if (to < text.length) parts.push({ text: "…", isHit: false });
	return parts;
}

/** Moves an offset out of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
	return /[\udc00-\udfff]/.test(text[offset] ?? "") ? offset - 1 : offset;
}
