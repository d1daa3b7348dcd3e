import { DatabaseSync } from "node:sqlite";
import type { BoundFile } from "./check-files.ts";
import type { StoredEntry, StoredRooms } from "./history.ts";

/** Returns what `PRAGMA integrity_check` says: `ok`, or what is damaged. */
export function integrityOf(path: string): string {
	return withDatabase(path, (db) => String(db.prepare("PRAGMA integrity_check").get()?.integrity_check));
}

/** Returns a query for a {@link StoredEntry} and its `room` in each row. In PostgreSQL, whole numbers are cast to `number`. */
export function storedEntries(schema: string, number: string): string {
	const whole = (column: string) => `CAST(entry.${column} AS ${number})`;
	return `
		SELECT room.name AS room, ${whole("seq")} AS seq, entry.kind, ${whole("created_at")} AS "createdAt",
			author_id AS author, client_id AS "clientId", body, ${whole("target")} AS target, emoji, is_on AS "isOn",
			${whole("reply")} AS reply, ${whole("root")} AS root, mentions
		FROM ${schema}entries AS entry
		JOIN ${schema}rooms AS room ON room.id = room_id
		ORDER BY room, entry.seq
	`;
}

export function readStore(path: string): StoredRooms {
	const rows = withDatabase(path, (db) => db.prepare(storedEntries("", "INTEGER")).all());
	return Map.groupBy(rows as (StoredEntry & { room: string })[], ({ room }) => room);
}

/** Returns the files that messages have. */
export function boundFiles(path: string): BoundFile[] {
	const sql = `
		SELECT file AS id, entry.kind, entry.client_id AS "clientId"
		FROM files
		LEFT JOIN entries AS entry ON entry.room_id = files.room_id AND entry.seq = files.seq
		WHERE files.state = 'bound'
	`;
	return withDatabase(path, (db) => db.prepare(sql).all()) as BoundFile[];
}

/** Counts the entries whose time is before that of the entry above them in the log. */
export function countInversions(path: string): number {
	const sql = `
		SELECT count(*) AS inversions FROM entries JOIN entries AS next
		ON next.room_id = entries.room_id AND next.seq = entries.seq + 1 AND next.created_at < entries.created_at
	`;
	return withDatabase(path, (db) => Number(db.prepare(sql).get()?.inversions));
}

function withDatabase<T>(path: string, read: (db: DatabaseSync) => T): T {
	// Writable: a read-only connection cannot recover the write-ahead log that a crash has left.
	const db = new DatabaseSync(path);
	try {
		db.exec("PRAGMA busy_timeout = 5000");
		return read(db);
	} finally {
		db.close();
	}
}
