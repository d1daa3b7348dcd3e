const HUES = 8;

/** Returns the first grapheme of a name, in upper case. */
export function initialOf(name: string): string {
	const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name);
	return (first?.segment ?? "").toLocaleUpperCase();
}

/** Returns a number below {@link HUES}, the same for the same id. */
export function hueOf(id: string): number {
	let hash = 0;
	for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
	return hash % HUES;
}
