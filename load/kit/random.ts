const TWO_TO_32 = 2 ** 32;
const FNV_OFFSET = 2_166_136_261;
const FNV_PRIME = 16_777_619;

/**
 * Pseudo-random numbers that are the same for the same seed (mulberry32). A part of a program draws from a stream of its
 * own, see {@link fork}, so that one more draw in one part changes nothing in another.
 */
export class Random {
	readonly #seed: string;
	#state: number;

	constructor(seed: string) {
		this.#seed = seed;
		this.#state = hash(seed);
	}

	/** Returns an independent stream, the same for the same seed and name. */
	fork(name: string): Random {
		return new Random(`${this.#seed}/${name}`);
	}

	/** Returns a number from 0 up to 1, as `Math.random` does. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
	}

	/** Returns an integer from `least` to `most`, both included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(from: readonly T[]): T {
		return from[this.between(0, from.length - 1)]!;
	}

	/** Returns the time until the next of independent events that occur `perSecond` on average (a Poisson process). */
	gapMs(perSecond: number): number {
		return (-Math.log(1 - this.next()) * 1_000) / perSecond;
	}

	/** Returns a nearly normally distributed number with the mean 0 and the standard deviation 1. */
	normal(): number {
		// The sum of twelve uniform numbers, less its mean, has the variance 1.
		let sum = -6;
		for (let draws = 0; draws < 12; draws++) sum += this.next();
		return sum;
	}
}

function hash(text: string): number {
	let mixed = FNV_OFFSET;
	for (const character of text) mixed = Math.imul(mixed ^ character.codePointAt(0)!, FNV_PRIME);
	return mixed;
}
