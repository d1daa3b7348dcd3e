import type { NewAuditEntry } from "./audit.ts";

/** The stored rooms. */
export interface RoomStore {
	/** Returns up to `limit` rooms that are open to everybody, newest activity first. `lastActiveAt` is the newest message, or when the room was opened. */
	rooms(limit: number): Promise<{ room: string; lastActiveAt: number }[]>;
	/**
	 * Removes a room and its whole log. A room of the same name that is created later has another epoch. Returns whether the
	 * room existed; then `audit` is written in the same transaction.
	 */
	removeRoom(room: string, audit?: NewAuditEntry): Promise<boolean>;
}
