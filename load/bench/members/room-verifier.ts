import { numberOf } from "./body.ts";
import type { DeliveryCounter } from "./delivery-counter.ts";
import { ReferenceStream } from "./reference-stream.ts";

/** Number of messages that a member has received. */
export type DeliveryCursor = { position: number };

/**
 * Verifies that all members of a room receive the same messages in the same order. The first member to receive a message
 * sets the order; a message that another member misses, receives twice or receives out of order is detected at once.
 */
export class RoomVerifier {
	readonly name: string;
	/** Message numbers in the order of delivery. */
	readonly order: number[] = [];
	readonly cursors: DeliveryCursor[] = [];
	/** The numbers of changes, which are not in their content as that of a message is in its body. */
	readonly changes = new Map<string, number>();
	readonly #counter: DeliveryCounter;
	readonly #reference = new ReferenceStream();

	constructor(name: string, counter: DeliveryCounter) {
		this.name = name;
		this.#counter = counter;
	}

	addMember(): DeliveryCursor {
		const cursor = { position: 0 };
		this.cursors.push(cursor);
		return cursor;
	}

	/** Consumes the whole frames in `bytes` that another member has received before. Returns their length in bytes. */
	consumeKnown(cursor: DeliveryCursor, bytes: Buffer, from: number, to: number): number {
		return this.#reference.match(cursor.position, bytes, from, to, (numbers) => this.deliver(cursor, numbers));
	}

	/** Consumes a frame that no member has received before, with the message bodies in it. */
	consumeNew(cursor: DeliveryCursor, bytes: Buffer, from: number, to: number, bodies: readonly string[]): void {
		const numbers = bodies.map((body) => this.changes.get(body) ?? numberOf(body));
		this.#reference.add(cursor.position, bytes, from, to, numbers);
		this.deliver(cursor, numbers);
	}

	deliver(cursor: DeliveryCursor, numbers: readonly number[]): void {
		const now = performance.now();
		for (const n of numbers) {
			const expected = this.order[cursor.position];
			if (expected === undefined) this.order.push(n);
			else if (expected !== n)
				this.#counter.fail(`A member of ${this.name} received message ${n} where others received ${expected}.`);
			cursor.position++;
			this.#counter.add(n, now);
		}
	}
}
