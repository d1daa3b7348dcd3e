/** Counts by key, of which only those above zero take up memory. */
export class KeyedCounter {
	readonly #counts = new Map<string, number>();

	/** How many keys have a count. */
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

	/** Whether one more would be over the limit; 0 means that there is none. */
	isFull(key: string, limit: number): boolean {
		return limit > 0 && (this.#counts.get(key) ?? 0) >= limit;
	}
}
