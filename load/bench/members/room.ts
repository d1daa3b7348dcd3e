import { numberOf } from "./body.ts";
import type { Tally } from "./tally.ts";

/** Where a member is in its room's order: how many messages it has got. */
export type Place = { position: number };

/** A frame as one member got it, and the messages in it. */
export type Frame = { bytes: Buffer; numbers: readonly number[] };

/**
 * One room, as its members hear it. Whoever gets a message first fixes the room's order; all others must hear the
 * same at the same place, so a frame that is lost, doubled or out of order at one of them is found at once.
 */
export class Room {
	readonly name: string;
	readonly order: number[] = [];
	readonly places: Place[] = [];
	readonly #tally: Tally;
	/** By the position that they start at. Members of a room get the same bytes: only the first has to read them. */
	readonly #frames = new Map<number, Frame>();

	constructor(name: string, tally: Tally) {
		this.name = name;
		this.#tally = tally;
	}

	enter(): Place {
		const place = { position: 0 };
		this.places.push(place);
		return place;
	}

	/** The frame that somebody else got where this member is now. */
	frameFor(place: Place): Frame | undefined {
		return this.#frames.get(place.position);
	}

	/** Takes a frame in that differs from {@link frameFor}, or is the first at its place. */
	firstToHear(place: Place, bytes: Buffer, bodies: readonly string[]): void {
		const numbers = bodies.map(numberOf);
		if (!this.#frames.has(place.position)) this.#frames.set(place.position, { bytes, numbers });
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
