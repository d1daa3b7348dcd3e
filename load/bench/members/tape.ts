import { frameHeader } from "../wire/frames.ts";

const FIRST_BYTES = 64 * 1_024;

/**
 * What a room's members are sent, as the first of them got it. Servers send all members the same bytes, so the others
 * only have to be compared with it: a read of many frames costs them one comparison, and every byte is still checked.
 */
export class Tape {
	#bytes = Buffer.allocUnsafe(FIRST_BYTES);
	/** Where each frame ends; it begins where the one before it does. */
	readonly #ends: number[] = [];
	/** The messages in each frame. */
	readonly #numbers: (readonly number[])[] = [];
	/** The frame that starts at a position in the room's order. */
	readonly #frameAt = new Map<number, number>();

	/** How many of the bytes are whole frames just as they stand here, from `position` on; `heard` is told of each. */
	follow(
		position: number,
		bytes: Buffer,
		from: number,
		to: number,
		heard: (numbers: readonly number[]) => void,
	): number {
		const first = this.#frameAt.get(position);
		if (first === undefined) return 0;
		const begin = this.#begin(first);
		let next = first;
		while (next < this.#ends.length && this.#ends[next]! - begin <= to - from) next++;
		if (next === first) return 0;
		const length = this.#ends[next - 1]! - begin;
		if (this.#bytes.compare(bytes, from, from + length, begin, begin + length) !== 0) return 0;
		for (let frame = first; frame < next; frame++) heard(this.#numbers[frame]!);
		return length;
	}

	/** The messages of the frame at `position`, where its payload is this one. */
	find(position: number, bytes: Buffer, start: number, end: number): readonly number[] | undefined {
		const frame = this.#frameAt.get(position);
		if (frame === undefined) return undefined;
		const stop = this.#ends[frame]!;
		const payload = stop - (end - start);
		if (payload - frameHeader(end - start).length !== this.#begin(frame)) return undefined;
		return this.#bytes.compare(bytes, start, end, payload, stop) === 0 ? this.#numbers[frame] : undefined;
	}

	/** Puts the frame with this payload at the end, where it is the first at its position and goes on from the last. */
	add(position: number, bytes: Buffer, start: number, end: number, numbers: readonly number[]): void {
		if (this.#frameAt.has(position)) return;
		const header = frameHeader(end - start);
		const begin = this.#begin(this.#ends.length);
		const stop = begin + header.length + end - start;
		while (stop > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, this.#bytes]);
		header.copy(this.#bytes, begin);
		bytes.copy(this.#bytes, begin + header.length, start, end);
		this.#frameAt.set(position, this.#ends.length);
		this.#ends.push(stop);
		this.#numbers.push(numbers);
	}

	#begin(frame: number): number {
		return frame === 0 ? 0 : this.#ends[frame - 1]!;
	}
}
