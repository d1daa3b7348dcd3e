/** The contents of a store, in the form in which they are copied. Times are milliseconds since 1970. */
import type { RevokedSession } from "../../app/room/ports/accounts.ts";

export type ArchivedRoom = {
	name: string;
	epoch: string;
	/** The log's head. */
	seq: number;
	/** Entries up to and including this `seq` were removed by retention. */
	floor: number;
	createdAt: number;
	activeAt: number;
	kind: string;
	title: string | null;
	topic: string | null;
	/** 0 or 1. */
	showsHistory: number;
	createdBy: string | null;
	people: string | null;
};

/** The columns of an entry, with the same names in both databases. */
export const ARCHIVED_COLUMNS = [
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
	"reply",
	"root",
	"mentions",
	"emoji",
	"is_on",
] as const;

/**
 * An entry's values, in the order of {@link ARCHIVED_COLUMNS}. The body of an erased message is null, and that of an edited
 * one: its edit has the text.
 */
export type EntryValues = (string | number | null)[];

/** The tables of what belongs to a room, beside its log: their columns, and the first ones, which are the key within a room. */
export const ROOM_TABLES = {
	message_states: { columns: ["seq", "rev", "text_seq", "replies", "pinned"], key: ["seq"], first: [0] },
	reactions: {
		columns: ["target", "emoji", "user_id", "user_name", "seq"],
		key: ["target", "emoji", "user_id"],
		/** Before every key. */
		first: [0, "", ""],
	},
	read_marks: { columns: ["user_id", "seq", "moved_at"], key: ["user_id"], first: [""] },
	members: {
		columns: ["user_id", "user_name", "role", "joined_seq", "changed_seq", "changed_at"],
		key: ["user_id"],
		first: [""],
	},
	files: {
		columns: ["file", "state", "user_id", "bytes", "created_at", "seq", "position", "info"],
		key: ["file"],
		first: [""],
	},
} as const;
export type RoomTable = keyof typeof ROOM_TABLES;
export const ROOM_TABLE_NAMES = Object.keys(ROOM_TABLES) as RoomTable[];

/**
 * The columns of the tables that are copied as a whole: the decisions of admins, the audit log, the reports, the roles, the
 * invitations, the accounts with their passkeys, codes and sessions, and the changes of users.
 */
export const SMALL_TABLES = {
	bans: ["kind", "target", "room", "name", "ends_at", "created_at", "reason", "by_whom"],
	closed_rooms: ["room"],
	audit: ["id", "created_at", "act", "target", "reason", "by_whom"],
	reports: ["id", "room", "epoch", "seq", "user_id", "user_name", "reason", "created_at"],
	people: ["user_id", "name", "role", "since", "rev"],
	chat_settings: ["key", "value"],
	invitations: ["id", "code_hash", "room", "uses", "used", "created_at", "expires_at", "by_id", "by_name"],
	invitation_uses: ["invitation_id", "user_id", "name", "used_at"],
	accounts: ["user_id", "name", "created_at"],
	account_names: ["skeleton", "user_id"],
	passkeys: ["id", "user_id", "device", "public_key", "counter", "created_at", "used_at", "challenged_at"],
	sign_in_codes: ["code_hash", "user_id", "name", "kind", "expires_at"],
	sessions: ["id", "user_id", "device", "created_at", "expires_at"],
	changed_users: ["user_id", "name", "expires_at", "rev"],
} as const;
export type SmallTable = keyof typeof SMALL_TABLES;

/** A readable store. Reads see the state at the time it was opened. */
export interface Archive {
	rooms(): AsyncIterable<ArchivedRoom>;
	/** Returns a page of entries after `after`, ascending; none at the end of the log. */
	entries(room: string, after: number): Promise<EntryValues[]>;
	/** Returns a page of a room's rows after the key `after`, in the order of their keys; none at the end. */
	roomRows(table: RoomTable, room: string, after: EntryValues): Promise<EntryValues[]>;
	revokedSessions(): Promise<RevokedSession[]>;
	/** Returns all rows of a small table, in any order. */
	smallTable(table: SmallTable): Promise<EntryValues[]>;
	close(): Promise<void>;
}

/** A writable store. After each call it is a valid store that contains a prefix of the source. */
export interface WritableArchive extends Archive {
	/** Returns the source of an unfinished copy. */
	copyOf(): Promise<string | undefined>;
	/** Records that a copy of this source has begun; `undefined` records that it is finished. */
	setCopyOf(source: string | undefined): Promise<void>;
	/** Deletes everything. */
	clear(): Promise<void>;
	/** Returns the head of a room's log, or undefined if it has no such room. */
	headOf(room: string): Promise<number | undefined>;
	/** Adds a room with an empty log that begins after its floor. */
	addRoom(room: ArchivedRoom): Promise<void>;
	/** Appends entries to a room's log in one transaction. */
	addEntries(room: string, entries: EntryValues[]): Promise<void>;
	/** Adds rows of a room in one transaction, except those that it has. */
	addRoomRows(table: RoomTable, room: string, rows: EntryValues[]): Promise<void>;
	addRevokedSessions(sessions: RevokedSession[]): Promise<void>;
	/** Replaces all rows of a small table. */
	replaceSmall(table: SmallTable, rows: EntryValues[]): Promise<void>;
}

/** Yields the pages of a room's rows, in the order of their keys. */
export async function* pagesOf(archive: Archive, table: RoomTable, room: string): AsyncGenerator<EntryValues[]> {
	const { key, first } = ROOM_TABLES[table];
	for (let after: EntryValues = [...first]; ; ) {
		const rows = await archive.roomRows(table, room, after);
		if (rows.length === 0) return;
		yield rows;
		after = rows.at(-1)!.slice(0, key.length);
	}
}
