const INITIAL_BYTES = 64 * 1_024;

/**
 * The frames of a room, as the first member received them. Servers send all members the same bytes, so the bytes that the
 * others receive are compared with these: one comparison for a read of many frames, and every byte is still verified.
 */
export class ReferenceStream {
	#bytes = Buffer.allocUnsafe(INITIAL_BYTES);
	/** The end of each frame, which is the start of the next one. */
	readonly #ends: number[] = [];
	/** The message numbers in each frame. */
	readonly #numbers: (readonly number[])[] = [];
	/** The frame that starts at a position of the room's order. */
	readonly #frameAt = new Map<number, number>();

	/**
	 * Returns the length of the whole frames in `bytes` that equal the recorded ones from `position` on. Calls `onFrame`
	 * with the message numbers of each.
	 */
	match(
		position: number,
		bytes: Buffer,
		from: number,
		to: number,
		onFrame: (numbers: readonly number[]) => void,
	): number {
		const first = this.#frameAt.get(position);
		if (first === undefined) return 0;
		const start = this.#start(first);
		let next = first;
		while (next < this.#ends.length && this.#ends[next]! - start <= to - from) next++;
		if (next === first) return 0;
		const length = this.#ends[next - 1]! - start;
		if (this.#bytes.compare(bytes, from, from + length, start, start + length) !== 0) return 0;
		for (let frame = first; frame < next; frame++) onFrame(this.#numbers[frame]!);
		return length;
	}

	/** Appends a frame, unless `position` has one already. */
	add(position: number, bytes: Buffer, from: number, to: number, numbers: readonly number[]): void {
		if (this.#frameAt.has(position)) return;
		const start = this.#start(this.#ends.length);
		const end = start + to - from;
		while (end > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, this.#bytes]);
		bytes.copy(this.#bytes, start, from, to);
		this.#frameAt.set(position, this.#ends.length);
		this.#ends.push(end);
		this.#numbers.push(numbers);
	}

	#start(frame: number): number {
		return frame === 0 ? 0 : this.#ends[frame - 1]!;
	}
}
