/** Numbers around 0 with a standard deviation of 1, nearly normal, that are the same for the same seed. */
export function seededNoise(seed: number): () => number {
	let state = seed >>> 0;
	const uniform = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	// The sum of twelve, less its mean, has the variance 1.
	return () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6);
}
