/** Counts per key. A count of zero takes no memory. */
export class KeyedCounter {
	readonly #counts = new Map<string, number>();

	/** The number of keys with a count above zero. */
	get size(): number {
		return this.#counts.size;
	}

	add(key: string): void {
		this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
	}

	remove(key: string): void {
		const count = (this.#counts.get(key) ?? 0) - 1;
		if (count > 0) this.#counts.set(key, count);
		else this.#counts.delete(key);
	}

	/** Whether the key has reached its limit. A limit of 0 is none. */
	isFull(key: string, limit: number): boolean {
		return limit > 0 && (this.#counts.get(key) ?? 0) >= limit;
	}
}
