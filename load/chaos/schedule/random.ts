const TWO_TO_32 = 2 ** 32;
const FNV_OFFSET = 2_166_136_261;
const FNV_PRIME = 16_777_619;

/**
 * Numbers that look random and are the same for the same seed (mulberry32). Whoever decides something of their own
 * forks a stream, so that one more draw here moves nothing there.
 */
export class Random {
	readonly #seed: string;
	#state: number;

	constructor(seed: string) {
		this.#seed = seed;
		this.#state = hash(seed);
	}

	fork(name: string): Random {
		return new Random(`${this.#seed}/${name}`);
	}

	/** From 0 up to 1, as `Math.random`. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
	}

	/** A whole number from `least` to `most`, both included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(from: readonly T[]): T {
		return from[this.between(0, from.length - 1)]!;
	}

	/** The time until the next of events that come `perSecond` on average and know nothing of one another. */
	gapMs(perSecond: number): number {
		return (-Math.log(1 - this.next()) * 1_000) / perSecond;
	}
}

function hash(text: string): number {
	let mixed = FNV_OFFSET;
	for (const character of text) mixed = Math.imul(mixed ^ character.codePointAt(0)!, FNV_PRIME);
	return mixed;
}
