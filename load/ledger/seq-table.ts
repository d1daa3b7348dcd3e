const FIRST_CAPACITY = 64;
/** Upper bound of the messages of a room in one run. */
const MAX_SPAN = 10_000_000;

/** Maps the seqs of a room to numbers, 0 for a seq without one. Takes eight bytes per message. */
export class SeqTable {
	#base = 0;
	#values = new Float64Array(FIRST_CAPACITY);
	#length = 0;

	/** The highest seq in the table, 0 for none. */
	get head(): number {
		return this.#length === 0 ? 0 : this.#base + this.#length - 1;
	}

	get(seq: number): number {
		return this.#length === 0 ? 0 : (this.#values[seq - this.#base] ?? 0);
	}

	/** Returns false for a seq that the log cannot have reached, which is not entered. */
	set(seq: number, value: number): boolean {
		if (!Number.isSafeInteger(seq) || seq < 1) return false;
		if (this.#length === 0) this.#base = seq;
		if (Math.abs(seq - this.#base) > MAX_SPAN) return false;
		if (seq < this.#base) this.#lowerBase(seq);
		const index = seq - this.#base;
		if (index >= this.#values.length) this.#grow(index + 1, 0);
		this.#values[index] = value;
		this.#length = Math.max(this.#length, index + 1);
		return true;
	}

	*entries(): Generator<[seq: number, value: number]> {
		for (let index = 0; index < this.#length; index++) {
			const value = this.#values[index]!;
			if (value !== 0) yield [this.#base + index, value];
		}
	}

	toJSON(): { base: number; values: string } {
		const used = this.#values.slice(0, this.#length);
		return { base: this.#base, values: Buffer.from(used.buffer, 0, used.byteLength).toString("base64") };
	}

	static from({ base, values }: { base: number; values: string }): SeqTable {
		const table = new SeqTable();
		const bytes = Buffer.from(values, "base64");
		const copy = new Float64Array(bytes.length / Float64Array.BYTES_PER_ELEMENT);
		new Uint8Array(copy.buffer).set(bytes);
		if (copy.length > 0) {
			table.#base = base;
			table.#values = copy;
			table.#length = copy.length;
		}
		return table;
	}

	#lowerBase(seq: number): void {
		const shift = this.#base - seq;
		this.#grow(this.#length + shift, shift);
		this.#base = seq;
		this.#length += shift;
	}

	#grow(needed: number, shift: number): void {
		const values = new Float64Array(Math.max(needed, this.#values.length * 2));
		values.set(this.#values.subarray(0, this.#length), shift);
		this.#values = values;
	}
}
