import type { RoomVerifier } from "./room-verifier.ts";

/** Every message of a run. The number of a message, from 0, is its index in each of the arrays. */
export class SentMessages {
	/**
	 * The time for which the send was planned, in ms of `performance.now()`. A generator that falls behind therefore adds
	 * to the latency instead of hiding it.
	 */
	readonly intendedAt: number[] = [];
	readonly rooms: RoomVerifier[] = [];
	/** Index of the sender within its room. */
	readonly senders: number[] = [];

	/** Adds a message and returns its number. */
	add(intendedAt: number, room: RoomVerifier, sender: number): number {
		this.rooms.push(room);
		this.senders.push(sender);
		return this.intendedAt.push(intendedAt) - 1;
	}

	get length(): number {
		return this.intendedAt.length;
	}
}
