import { numberOf } from "./body.ts";
import type { Tally } from "./tally.ts";
import { Tape } from "./tape.ts";

/** Where a member is in its room's order: how many messages it has got. */
export type Place = { position: number };

/**
 * One room, as its members hear it. Whoever gets a message first fixes the room's order; all others must hear the
 * same at the same place, so a frame that is lost, doubled or out of order at one of them is found at once.
 */
export class Room {
	readonly name: string;
	readonly order: number[] = [];
	readonly places: Place[] = [];
	readonly #tally: Tally;
	readonly #tape = new Tape();

	constructor(name: string, tally: Tally) {
		this.name = name;
		this.#tally = tally;
	}

	enter(): Place {
		const place = { position: 0 };
		this.places.push(place);
		return place;
	}

	/** Takes in as many whole frames as others have got before, all at once; answers how many bytes those are. */
	hearKnown(place: Place, bytes: Buffer, from: number, to: number): number {
		return this.#tape.follow(place.position, bytes, from, to, (numbers) => this.deliver(place, numbers));
	}

	/** Takes in the payload of a frame that others have got before; answers whether it is one. */
	hearFrame(place: Place, bytes: Buffer, start: number, end: number): boolean {
		const numbers = this.#tape.find(place.position, bytes, start, end);
		if (numbers !== undefined) this.deliver(place, numbers);
		return numbers !== undefined;
	}

	/** Takes in a payload that nobody has got before, and the bodies that it delivers. */
	hearNew(place: Place, bytes: Buffer, start: number, end: number, bodies: readonly string[]): void {
		const numbers = bodies.map(numberOf);
		this.#tape.add(place.position, bytes, start, end, numbers);
		this.deliver(place, numbers);
	}

	deliver(place: Place, numbers: readonly number[]): void {
		const now = performance.now();
		for (const n of numbers) {
			const expected = this.order[place.position];
			if (expected === undefined) this.order.push(n);
			else if (expected !== n)
				this.#tally.fail(`A member of ${this.name} got message ${n} where others got ${expected}.`);
			place.position++;
			this.#tally.arrived(n, now);
		}
	}
}
