const HUES = 12;
const TONES = 2;

/** Returns the first grapheme of a name, in upper case. */
export function initialOf(name: string): string {
	const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name);
	return (first?.segment ?? "").toLocaleUpperCase();
}

/** Returns the classes of a user's colour: one of twelve hues in one of two tones, the same for the same id. */
export function lookOf(id: string): string {
	let hash = 0;
	for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
	return `avatar--hue-${hash % HUES} avatar--tone-${Math.floor(hash / HUES) % TONES}`;
}
