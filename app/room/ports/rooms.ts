import type { NewAuditEntry } from "./audit.ts";

export type StoredRoom = {
	room: string;
	lastActiveAt: number;
	/** Whether it has no entries, and had none. */
	isEmpty?: true;
};

/** The stored rooms. */
export interface RoomStore {
	/**
	 * Returns up to `limit` rooms that are open to everybody, newest activity first, and those without entries after all
	 * others. `lastActiveAt` is the newest message, or when the room was opened.
	 */
	rooms(limit: number): Promise<StoredRoom[]>;
	/**
	 * Removes a room at once; its log is deleted in the background, also after the next start. A room of the same name that is
	 * created later has another epoch. Returns whether the room existed; then `audit` is written in the same transaction.
	 */
	removeRoom(room: string, audit?: NewAuditEntry): Promise<boolean>;
}
