import { DatabaseSync } from "node:sqlite";
import type { StoredMessage, StoredRooms } from "./history.ts";

/** Returns what `PRAGMA integrity_check` says: `ok`, or what is damaged. */
export function integrityOf(path: string): string {
	return withDatabase(path, (db) => String(db.prepare("PRAGMA integrity_check").get()?.integrity_check));
}

export function readStore(path: string): StoredRooms {
	const sql = `
		SELECT rooms.name AS room, entries.seq, author_id AS author, client_id AS clientId, body
		FROM entries JOIN rooms ON rooms.id = room_id ORDER BY room, entries.seq
	`;
	const rows = withDatabase(path, (db) => db.prepare(sql).all()) as (StoredMessage & { room: string })[];
	return Map.groupBy(rows, ({ room }) => room);
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
