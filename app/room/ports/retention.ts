/** Removal of old entries, of empty rooms, and of what has ended. The caller has checked that its clock can be trusted. */
export interface RetentionStore {
	/** Removes entries older than `before` (milliseconds since 1970) and raises their rooms' floors. Returns their number. */
	prune(before: number): Promise<number>;
	/**
	 * Removes rooms that were created before `before` and have no entries. Returns their number. Rooms in `kept` count as
	 * created now, so that no other process removes them either.
	 */
	pruneEmptyRooms(before: number, kept: readonly string[]): Promise<number>;
	/**
	 * Deletes the bans, revocations, sessions, sign-in links and changes of users that ended before `before` (milliseconds since
	 * 1970), and the reports that were made `REPORT_MS` before that.
	 */
	dropEnded(before: number): Promise<void>;
}
