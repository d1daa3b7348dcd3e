import { existsSync, rmSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { BUSY_TIMEOUT_MS } from "./connection.ts";
import { numberOf } from "./number-of.ts";
import { makePrivate } from "./private-file.ts";

/** "HubS" in ASCII: marks the files of this program. */
const APPLICATION_ID = 0x48756253;
const VERSION = 1;

const SCHEMA = `
	PRAGMA application_id = ${APPLICATION_ID};
	PRAGMA user_version = ${VERSION};
	-- The last entry of each room that a follower has processed. The number of a removed room may be used again, in
	-- another epoch.
	CREATE TABLE followers (
		name    TEXT NOT NULL,
		room_id INTEGER NOT NULL,
		epoch   TEXT NOT NULL,
		seq     INTEGER NOT NULL,
		PRIMARY KEY (name, room_id)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE source (
		-- Which database it is the index of.
		fingerprint TEXT NOT NULL,
		-- 0 or 1: whether words of dropped messages may be in the file.
		has_dropped INTEGER NOT NULL DEFAULT 0
	) STRICT;
	-- The rowid is that of the message's entry.
	CREATE VIRTUAL TABLE messages USING fts5 (hashes, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
`;

/** The file of the index of the database at `path`. */
export function searchFileOf(path: string): string {
	return `${path}.search`;
}

/**
 * Opens the search index of the database at `path`. One that is missing, damaged, of another version or of another database
 * is created again: it has nothing that the database has not.
 */
export function openSearchFile(path: string, fingerprint: string): DatabaseSync {
	const file = searchFileOf(path);
	for (const isLast of [false, true]) {
		let db: DatabaseSync | undefined;
		try {
			makePrivate(file);
			db = new DatabaseSync(file);
			db.exec(`
				PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
				PRAGMA journal_mode = WAL;
				PRAGMA synchronous = NORMAL;
				PRAGMA secure_delete = ON;
			`);
			if (isIndexOf(db, fingerprint)) return db;
		} catch (error) {
			if (isLast) throw error;
		}
		if (db?.isOpen) db.close();
		deleteSearchFile(path);
	}
	throw new Error(`${file} can't be created${existsSync(file) ? ": delete it" : ""}.`);
}

export function deleteSearchFile(path: string): void {
	for (const suffix of ["", "-wal", "-shm"]) rmSync(searchFileOf(path) + suffix, { force: true });
}

/**
 * Runs a statement that writes to the index. `run()` fails: it returns the last rowid, and FTS5 leaves one of its own tables
 * there, which may be too large for a number.
 */
export function execute(statement: StatementSync, ...values: SQLInputValue[]): void {
	statement.get(...values);
}

/** Makes the index of a database void: its entries were replaced. */
export function renewSearchKey(db: DatabaseSync): void {
	db.exec("UPDATE meta SET value = lower(hex(randomblob(32))) WHERE key = 'search_key'");
}

/** Whether the file is the index of this database. Creates the tables of an empty file. */
function isIndexOf(db: DatabaseSync, fingerprint: string): boolean {
	db.exec("BEGIN IMMEDIATE");
	if (numberOf(db, "SELECT count(*) FROM sqlite_schema") === 0) {
		db.exec(SCHEMA);
		db.prepare("INSERT INTO source (fingerprint) VALUES (?)").run(fingerprint);
	}
	db.exec("COMMIT");
	if (numberOf(db, "PRAGMA application_id") !== APPLICATION_ID || numberOf(db, "PRAGMA user_version") !== VERSION)
		return false;
	return db.prepare("SELECT fingerprint FROM source").get()?.fingerprint === fingerprint;
}
