import type { DatabaseSync } from "node:sqlite";
import type { RevokedSession } from "../../app/room/ports/accounts.ts";
import { openReader, openWriter } from "../../app/store/sqlite/connection.ts";
import { renewSearchKey } from "../../app/store/sqlite/search-file.ts";
import { transaction } from "../../app/store/sqlite/transaction.ts";
import {
	ARCHIVED_COLUMNS,
	type Archive,
	type ArchivedRoom,
	type EntryValues,
	ROOM_TABLE_NAMES,
	ROOM_TABLES,
	type RoomTable,
	SMALL_TABLES,
	type WritableArchive,
} from "./archive.ts";

const PAGE_ENTRIES = 1_000;
const MARK = "copy_of";

/** The body of an erased or edited message is filler of the same length: it is copied as null. */
const BODY = `
	iif(
		kind = 'erased' OR EXISTS (
			SELECT 1 FROM message_states AS state
			WHERE state.room_id = entries.room_id AND state.seq = entries.seq AND state.text_seq IS NOT NULL
		),
		NULL,
		body
	)`;
const COLUMNS = ARCHIVED_COLUMNS.map((column) => (column === "body" ? BODY : column));

export function sqliteSource(path: string): Archive {
	const db = openReader(path);
	// The whole copy reads one snapshot.
	db.exec("BEGIN");
	return reading(db);
}

export function sqliteTarget(path: string): WritableArchive {
	const db = openWriter(path);
	const mark = db.prepare("SELECT value FROM meta WHERE key = ?");
	const setMark = db.prepare(
		"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
	);
	const head = db.prepare("SELECT id, seq FROM rooms WHERE name = ?");
	const addRoom = db.prepare(
		`INSERT INTO rooms
			(name, epoch, seq, floor, created_at, active_at, kind, title, topic, shows_history, created_by, people)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	const raise = db.prepare("UPDATE rooms SET seq = ? WHERE id = ?");
	const places = ARCHIVED_COLUMNS.map(() => "?").join(", ");
	const addEntry = db.prepare(`INSERT INTO entries (room_id, ${ARCHIVED_COLUMNS.join(", ")}) VALUES (?, ${places})`);
	const addSession = db.prepare("INSERT OR IGNORE INTO revoked_sessions (id, expires_at) VALUES (?, ?)");
	const headOf = (room: string) => head.get(room) as { id: number; seq: number } | undefined;

	return {
		...reading(db),
		copyOf: async () => mark.get(MARK)?.value as string | undefined,
		async setCopyOf(source) {
			if (source === undefined) db.prepare("DELETE FROM meta WHERE key = ?").run(MARK);
			else setMark.run(MARK, source);
		},
		async clear() {
			transaction(db, "BEGIN IMMEDIATE", () => {
				const tables = [...ROOM_TABLE_NAMES, "entries", "rooms", "revoked_sessions", ...Object.keys(SMALL_TABLES)];
				for (const table of tables) db.exec(`DELETE FROM ${table}`);
				renewSearchKey(db);
			});
		},
		headOf: async (room) => headOf(room)?.seq,
		async addRoom({ name, epoch, floor, createdAt, activeAt, kind, title, topic, showsHistory, createdBy, people }) {
			const about = [kind, title, topic, showsHistory, createdBy, people];
			addRoom.run(name, epoch, floor, floor, createdAt, activeAt, ...about);
		},
		async addEntries(room, entries) {
			transaction(db, "BEGIN IMMEDIATE", () => {
				const { id } = headOf(room)!;
				for (const entry of entries) addEntry.run(id, ...entry);
				raise.run(entries.at(-1)![0]!, id);
			});
		},
		async addRoomRows(table, room, rows) {
			const { columns } = ROOM_TABLES[table];
			const insert = db.prepare(
				`INSERT OR IGNORE INTO ${table} (room_id, ${columns.join(", ")}) VALUES (?, ${columns.map(() => "?").join(", ")})`,
			);
			transaction(db, "BEGIN IMMEDIATE", () => {
				const { id } = headOf(room)!;
				for (const row of rows) insert.run(id, ...row);
			});
		},
		async addRevokedSessions(sessions) {
			transaction(db, "BEGIN IMMEDIATE", () => {
				for (const { id, expiresAt } of sessions) addSession.run(id, expiresAt);
			});
		},
		async replaceSmall(table, rows) {
			const columns = SMALL_TABLES[table];
			const insert = db.prepare(
				`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
			);
			transaction(db, "BEGIN IMMEDIATE", () => {
				db.exec(`DELETE FROM ${table}`);
				for (const row of rows) insert.run(...row);
			});
		},
	};
}

function reading(db: DatabaseSync): Archive {
	const rooms = db.prepare(`
		SELECT name, epoch, seq, floor, created_at AS createdAt, active_at AS activeAt,
			kind, title, topic, shows_history AS showsHistory, created_by AS createdBy, people
		FROM rooms WHERE name IS NOT NULL ORDER BY id`);
	const entries = db.prepare(`
		SELECT ${COLUMNS.join(", ")} FROM entries
		WHERE room_id = (SELECT id FROM rooms WHERE name = ?) AND seq > ? ORDER BY seq LIMIT ${PAGE_ENTRIES}`);
	entries.setReturnArrays(true);
	const roomRows = (table: RoomTable) => {
		const { columns, key } = ROOM_TABLES[table];
		const statement = db.prepare(`
			SELECT ${columns.join(", ")} FROM ${table}
			WHERE room_id = (SELECT id FROM rooms WHERE name = ?)
				AND (${key.join(", ")}) > (${key.map(() => "?").join(", ")})
			ORDER BY ${key.join(", ")} LIMIT ${PAGE_ENTRIES}`);
		statement.setReturnArrays(true);
		return statement;
	};
	const rowsOf = {
		message_states: roomRows("message_states"),
		reactions: roomRows("reactions"),
		read_marks: roomRows("read_marks"),
		members: roomRows("members"),
		files: roomRows("files"),
	};
	const revoked = db.prepare("SELECT id, expires_at AS expiresAt FROM revoked_sessions ORDER BY id");
	return {
		async *rooms() {
			for (const row of rooms.iterate()) yield { ...row } as ArchivedRoom;
		},
		entries: async (room, after) => entries.all(room, after) as unknown as EntryValues[],
		roomRows: async (table, room, after) => rowsOf[table].all(room, ...after) as unknown as EntryValues[],
		revokedSessions: async () => revoked.all().map((row) => ({ ...row }) as RevokedSession),
		async smallTable(table) {
			const all = db.prepare(`SELECT ${SMALL_TABLES[table].join(", ")} FROM ${table}`);
			all.setReturnArrays(true);
			return all.all() as unknown as EntryValues[];
		},
		close: async () => db.close(),
	};
}
