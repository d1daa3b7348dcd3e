import type { Cursor } from "../../protocol/log.ts";

/** A user in a room, and the epoch of its log. */
export type ReadPlace = { room: string; user: string; epoch: string };

/** A move of a user's read mark. `movedAt` is milliseconds since 1970. */
export type ReadMove = ReadPlace & Cursor & { back?: true | undefined; movedAt: number };

/** The stored read marks: for each user and room, the newest entry that the user has read. */
export interface ReadMarkStore {
	/** Returns the marks, in the order of the places; undefined where there is none in a log of this epoch. */
	readMarks(places: readonly ReadPlace[]): Promise<(number | undefined)[]>;
	/**
	 * Moves marks in one transaction: forward only, unless a move is `back`, and at most to the log's head. A move in another
	 * epoch has no effect. There is at most one move of each mark.
	 */
	moveReadMarks(moves: readonly ReadMove[]): Promise<void>;
	/** Removes the marks that were not moved since `before` (milliseconds since 1970). Returns their number. */
	pruneReadMarks(before: number): Promise<number>;
}
