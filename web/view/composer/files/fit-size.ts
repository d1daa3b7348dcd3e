export type Size = { width: number; height: number };

/** Returns the size with the longest side at most `longest`, and no side of nothing. */
export function fitSize({ width, height }: Size, longest: number): Size {
	const scale = Math.min(1, longest / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
