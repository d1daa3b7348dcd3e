/** All that a store keeps, as it is copied from one to another. Times are milliseconds since 1970. */

export type RoomRow = {
	name: string;
	epoch: string;
	/** The log's head. */
	seq: number;
	/** Entries up to and including this `seq` are gone by retention. */
	floor: number;
	createdAt: number;
	activeAt: number;
};

/** The columns of an entry, as both databases call them. */
export const ENTRY_COLUMNS = [
	"seq",
	"kind",
	"created_at",
	"author_id",
	"author_name",
	"client_id",
	"body",
	"latitude",
	"longitude",
	"accuracy",
	"target",
	"removed_by",
] as const;

/** An entry's values, in the order of {@link ENTRY_COLUMNS}. An erased message's body is null. */
export type EntryValues = (string | number | null)[];

export type RevokedSession = { id: string; expiresAt: number };

/**
 * What an admin decided, and the log of it: tables that are small enough to be copied in one piece, a row being its values
 * in the order of these columns.
 */
export const SMALL_TABLES = {
	bans: ["kind", "target", "room", "name", "ends_at", "created_at", "reason", "by_whom"],
	closed_rooms: ["room"],
	audit: ["id", "created_at", "act", "target", "reason", "by_whom"],
} as const;
export type SmallTable = keyof typeof SMALL_TABLES;

/** A store that is read from: everything in it is as it was when it was opened. */
export interface Source {
	rooms(): AsyncIterable<RoomRow>;
	/** Entries after `after`, ascending; no more than a page, and none at the end. */
	entries(room: string, after: number): Promise<EntryValues[]>;
	revokedSessions(): Promise<RevokedSession[]>;
	/** All of a small table, in any order. */
	small(table: SmallTable): Promise<EntryValues[]>;
	close(): Promise<void>;
}

/** A store that is written to: at every moment it is a store that begins as the source does. */
export interface Target extends Source {
	/** The source that is being copied into it, if a copy was begun and not finished. */
	copyOf(): Promise<string | undefined>;
	/** Notes that a copy of this source has been begun, or with undefined that it is finished. */
	setCopyOf(source: string | undefined): Promise<void>;
	/** Forgets everything that it has. */
	clear(): Promise<void>;
	/** The head of a room that it has. */
	headOf(room: string): Promise<number | undefined>;
	/** A room whose log begins after its floor, with nothing in it yet. */
	addRoom(room: RoomRow): Promise<void>;
	/** Entries that follow the room's head; all of them or none. */
	addEntries(room: string, entries: EntryValues[]): Promise<void>;
	addRevokedSessions(sessions: RevokedSession[]): Promise<void>;
	/** Puts these rows in the place of all that the table has. */
	replaceSmall(table: SmallTable, rows: EntryValues[]): Promise<void>;
}
