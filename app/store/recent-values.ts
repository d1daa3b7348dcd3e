/** Computed values, of which those that were used recently are kept. */
export class RecentValues {
	readonly #most: number;
	#recent = new Map<string, string>();
	/** Those that were used before `#recent` was full the last time. */
	#former = new Map<string, string>();

	/** `most`: values that were used most recently and are certainly kept. Up to twice as many are. */
	constructor(most: number) {
		this.#most = most;
	}

	/** Returns the value of a key, and computes it if it is not kept. */
	of(key: string, compute: (key: string) => string): string {
		const known = this.#recent.get(key);
		if (known !== undefined) return known;
		const value = this.#former.get(key) ?? compute(key);
		if (this.#recent.size >= this.#most) {
			this.#former = this.#recent;
			this.#recent = new Map();
		}
		this.#recent.set(key, value);
		return value;
	}
}
