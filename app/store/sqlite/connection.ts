import { DatabaseSync } from "node:sqlite";
import { migrate } from "./migrate.ts";

/** Older ones can lose a commit when several connections share a write-ahead log and it starts over. */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** How long a statement waits for another process's lock before it gives up. */
export const BUSY_TIMEOUT_MS = 5_000;
/** The write-ahead log may grow during a backup; afterwards its file is cut back to this. */
const WAL_KEPT_BYTES = 16_777_216;

/** Enough for the pages that appends touch again and again; a larger one makes no commit cheaper, and grows for an hour. */
const WRITER_CACHE_KIB = 4_096;
const READER_CACHE_KIB = 8_192;

/** The one connection of this process that writes, its schema up to date. */
export function openWriter(path: string): DatabaseSync {
	return openChecked(path, {}, (db) => {
		const mode = db.prepare("PRAGMA journal_mode = WAL").get();
		if (mode?.journal_mode !== "wal")
			throw new Error(
				`${path} is on a file system that can't share memory between connections. Use a local disk instead.`,
			);
		db.exec(`
			PRAGMA synchronous = FULL;
			PRAGMA foreign_keys = ON;
			PRAGMA secure_delete = ON;
			PRAGMA journal_size_limit = ${WAL_KEPT_BYTES};
			PRAGMA cache_size = -${WRITER_CACHE_KIB};
		`);
		migrate(db, path);
	});
}

/** A connection beside the writer's: what it reads is consistent and stands in no commit's way. */
export function openReader(path: string): DatabaseSync {
	return openChecked(path, { readOnly: true }, (db) => db.exec(`PRAGMA cache_size = -${READER_CACHE_KIB}`));
}

function openChecked(path: string, options: { readOnly?: boolean }, prepare: (db: DatabaseSync) => void): DatabaseSync {
	let db: DatabaseSync | undefined;
	try {
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

/** Throws a sentence when SQLite's `version` is too old to trust. */
export function refuseOldSqlite(version: string): void {
	const parts = version.split(".").map(Number);
	const index = OLDEST_SQLITE.findIndex((least, place) => least !== parts[place]);
	if (index === -1 || (parts[index] ?? 0) > OLDEST_SQLITE[index]!) return;
	throw new Error(
		`This runtime has SQLite ${version}, which can lose messages; ${OLDEST_SQLITE.join(".")} or newer is needed. ` +
			"Update Node or Deno.",
	);
}

function sentenceFor(path: string, error: unknown): string {
	const said = error instanceof Error ? error.message : String(error);
	if (/not a database|malformed/.test(said))
		return `${path} is not an SQLite database, or a damaged one. Restore a backup, or name another file in DATABASE_PATH.`;
	if (/unable to open/.test(said)) return `${path} can't be opened as a database file: ${said}.`;
	if (/readonly/.test(said)) return `${path} can't be written. Let the server's user write the file and its folder.`;
	if (/locked/.test(said)) return `${path} is locked by another program. Stop that one, or try again when it is done.`;
	if (/is full/.test(said)) return `There is no space left on the disk of ${path}.`;
	return said;
}
