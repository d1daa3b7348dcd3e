import type { Room } from "./room.ts";

/** Every message of a run, by its number, from 0: where it went, and when it was meant to leave. */
export class Timeline {
	/** Milliseconds of `performance.now()`. The moment that was planned: a generator that is late does not flatter the server. */
	readonly intendedAt: number[] = [];
	readonly rooms: Room[] = [];
	/** Which of the room's senders. */
	readonly senders: number[] = [];

	/** The number of the new message. */
	add(intendedAt: number, room: Room, sender: number): number {
		this.rooms.push(room);
		this.senders.push(sender);
		return this.intendedAt.push(intendedAt) - 1;
	}

	get length(): number {
		return this.intendedAt.length;
	}
}
