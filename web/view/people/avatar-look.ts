const HUES = 8;

/** The first letter of a name as people count letters, for the round picture. */
export function initialOf(name: string): string {
	const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name);
	return (first?.segment ?? "").toLocaleUpperCase();
}

/** One of {@link HUES} colours, always the same one for a person. */
export function hueOf(id: string): number {
	let hash = 0;
	for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
	return hash % HUES;
}
