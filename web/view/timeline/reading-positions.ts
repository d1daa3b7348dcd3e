import type { Room } from "../../model/room.ts";
import type { ReadingPosition } from "./scroll-keeper.ts";

/** Where the user was in rooms that were left while reading further up. */
const positions = new WeakMap<Room, NonNullable<ReadingPosition>>();

/** Undefined: the room is entered at its end, or at its unread messages. */
export function readingPosition(room: Room): ReadingPosition {
	return positions.get(room);
}

export function keepReadingPosition(room: Room, position: ReadingPosition): void {
	if (position === undefined) positions.delete(room);
	else positions.set(room, position);
}
