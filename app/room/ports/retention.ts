/** Removal of old entries and of empty rooms. */
export interface RetentionStore {
	/** Removes entries older than `before` (milliseconds since 1970) and raises their rooms' floors. Returns their number. */
	prune(before: number): Promise<number>;
	/**
	 * Removes rooms that were created before `before` and have no entries. Returns their number. Rooms in `kept` count as
	 * created now, so that no other process removes them either.
	 */
	pruneEmptyRooms(before: number, kept: readonly string[]): Promise<number>;
}
