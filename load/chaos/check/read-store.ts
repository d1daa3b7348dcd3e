import { DatabaseSync } from "node:sqlite";
import type { Stored } from "./record.ts";

/** What `PRAGMA integrity_check` says: `ok`, or what is damaged. */
export function integrityOf(path: string): string {
	return withDatabase(path, (db) => String(db.prepare("PRAGMA integrity_check").get()?.integrity_check));
}

/** Every room's messages, ascending by `seq`, from the file itself. */
export function readStore(path: string): Map<string, Stored[]> {
	return withDatabase(path, (db) => {
		const rows = db
			.prepare(`
				SELECT rooms.name AS room, entries.seq, author_id AS author, client_id AS clientId, body
				FROM entries JOIN rooms ON rooms.id = room_id ORDER BY room, entries.seq
			`)
			.all() as (Stored & { room: string })[];
		return Map.groupBy(rows, ({ room }) => room);
	});
}

/** How often a room's log has a time that is before the one above it. */
export function countInversions(path: string): number {
	const sql = `
		SELECT count(*) AS inversions FROM entries JOIN entries AS next
		ON next.room_id = entries.room_id AND next.seq = entries.seq + 1 AND next.created_at < entries.created_at
	`;
	return withDatabase(path, (db) => Number(db.prepare(sql).get()?.inversions));
}

function withDatabase<T>(path: string, read: (db: DatabaseSync) => T): T {
	// Writable: only such a connection can take in what a crash has left in the write-ahead log.
	const db = new DatabaseSync(path);
	try {
		db.exec("PRAGMA busy_timeout = 5000");
		return read(db);
	} finally {
		db.close();
	}
}
