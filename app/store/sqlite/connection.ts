import { DatabaseSync } from "node:sqlite";
import { migrate } from "./migrate.ts";
import { makePrivate } from "./private-file.ts";
import { makeShrinkable } from "./shrink.ts";

/** Older versions can lose a commit when several connections share a write-ahead log that starts over. */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** Time that a statement waits for another process's lock before it fails. */
export const BUSY_TIMEOUT_MS = 5_000;
/** The write-ahead log may grow during a backup; afterwards its file is truncated to this size. */
const WAL_KEPT_BYTES = 16_777_216;

/** Enough for the pages that appends use repeatedly. A larger cache makes no commit cheaper, and grows for an hour. */
const WRITER_CACHE_KIB = 4_096;
const READER_CACHE_KIB = 8_192;

/** Opens the connection of this process that writes, and migrates the schema. */
export function openWriter(path: string): DatabaseSync {
	return openChecked(path, {}, (db) => {
		// Before the first page is written.
		db.exec("PRAGMA auto_vacuum = INCREMENTAL");
		const mode = db.prepare("PRAGMA journal_mode = WAL").get();
		if (mode?.journal_mode !== "wal")
			throw new Error(`${path} is on a file system that can't share memory between connections. Use a local disk.`);
		db.exec(`
			PRAGMA synchronous = FULL;
			PRAGMA foreign_keys = ON;
			PRAGMA secure_delete = ON;
			PRAGMA journal_size_limit = ${WAL_KEPT_BYTES};
			PRAGMA cache_size = -${WRITER_CACHE_KIB};
		`);
		migrate(db, path);
		makeShrinkable(db);
	});
}

/** Opens a read-only connection. Its reads are consistent and delay no commit. */
export function openReader(path: string): DatabaseSync {
	return openChecked(path, { readOnly: true }, (db) => db.exec(`PRAGMA cache_size = -${READER_CACHE_KIB}`));
}

function openChecked(path: string, options: { readOnly?: boolean }, prepare: (db: DatabaseSync) => void): DatabaseSync {
	let db: DatabaseSync | undefined;
	try {
		if (!options.readOnly) makePrivate(path);
		db = new DatabaseSync(path, options);
		db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
		refuseOldSqlite(String(db.prepare("SELECT sqlite_version() AS version").get()?.version));
		prepare(db);
		return db;
	} catch (error) {
		if (db?.isOpen) db.close();
		throw new Error(sentenceFor(path, error), { cause: error });
	}
}

/** Throws a sentence if SQLite's `version` can lose messages. */
export function refuseOldSqlite(version: string): void {
	const parts = version.split(".").map(Number);
	const index = OLDEST_SQLITE.findIndex((least, part) => least !== parts[part]);
	if (index === -1 || (parts[index] ?? 0) > OLDEST_SQLITE[index]!) return;
	throw new Error(
		`This runtime has SQLite ${version}, which can lose messages; ${OLDEST_SQLITE.join(".")} or newer is needed. ` +
			"Update Node or Deno.",
	);
}

function sentenceFor(path: string, error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	if (/not a database|malformed/.test(message))
		return `${path} is not an SQLite database, or is damaged. Restore a backup, or name another file in DATABASE_PATH.`;
	if (/unable to open/.test(message)) return `${path} can't be opened as a database file: ${message}.`;
	if (/readonly/.test(message))
		return `${path} can't be written. Give the server's user write access to the file and its folder.`;
	if (/locked/.test(message)) return `${path} is locked by another program. Stop that program, or try again later.`;
	if (/is full/.test(message)) return `There is no space left on the disk of ${path}.`;
	return message;
}
