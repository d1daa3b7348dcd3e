import {
	closeSync,
	copyFileSync,
	existsSync,
	fsyncSync,
	linkSync,
	openSync,
	readSync,
	renameSync,
	rmSync,
	statSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { newEpoch } from "../new-epoch.ts";
import { openWriter } from "./connection.ts";
import { renewSearchKey } from "./search-file.ts";
import { transaction } from "./transaction.ts";

/** The content of the restored database. */
export type Restored = {
	rooms: number;
	messages: number;
	/** Path of the former database, if there was one. */
	replaced: string | undefined;
};

const HEADER = "SQLite format 3\0";
/** Time that another program may lock the database before it counts as running. */
const IN_USE_MS = 500;

/**
 * Replaces the database at `to` with the backup at `from`. Every room gets a new epoch, because messages after the backup
 * are lost and later cursors are void. Sessions that were revoked since stay revoked; the current bans, closed rooms,
 * audit log, roles, invitations, passkeys and codes are kept. Throws a sentence and changes nothing if the backup can't be
 * used, if a server runs on `to`, or if there is a database and `force` is false.
 */
export function restore(from: string, to: string, { force }: { force: boolean }): Restored {
	const source = resolve(from);
	const target = resolve(to);
	const fresh = `${target}.restoring`;
	requireBackup(source);
	const isThere = existsSync(target);
	if (isThere && !force) {
		throw new Error(`There is a database at ${target}. Use --force to replace it; it is kept beside, as .replaced.`);
	}
	if (isThere) refuseInUse(target);
	try {
		copyFileSync(source, fresh);
		const counts = prepare(source, fresh, isThere ? target : undefined);
		return { ...counts, replaced: swap(fresh, target) };
	} finally {
		for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(fresh + suffix, { force: true });
	}
}

/** Throws a sentence unless the file is a complete database that this version can read. Leaves no files. */
export function checkBackup(path: string, scratch: string): void {
	requireBackup(resolve(path));
	try {
		copyFileSync(path, scratch);
		prepare(path, scratch, undefined);
	} finally {
		for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(scratch + suffix, { force: true });
	}
}

function requireBackup(path: string): void {
	if (!existsSync(path) || !statSync(path).isFile()) throw new Error(`There is no file ${path}.`);
	const header = Buffer.alloc(HEADER.length);
	const file = openSync(path, "r");
	readSync(file, header, 0, header.length, 0);
	closeSync(file);
	if (header.toString("latin1") !== HEADER) throw new Error(`${path} is not a backup: it is not an SQLite database.`);
	if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) {
		throw new Error(`${path} is a database in use, not a backup. Create a backup: npm run backup -- FILE`);
	}
}

function prepare(source: string, fresh: string, previous: string | undefined): Pick<Restored, "rooms" | "messages"> {
	let db: DatabaseSync;
	try {
		db = openWriter(fresh);
	} catch (error) {
		throw new Error((error as Error).message.replaceAll(fresh, source), { cause: error });
	}
	try {
		const [fault] = Object.values(db.prepare("PRAGMA integrity_check(1)").get() ?? {});
		if (fault !== "ok") throw new Error(`${source} is damaged: ${fault}. Take another backup.`);
		renewEpochs(db);
		// The search index beside the replaced database has messages that this one has not.
		renewSearchKey(db);
		if (previous !== undefined) keepModeration(db, previous);
		const rooms = Number(db.prepare("SELECT count(*) AS n FROM rooms WHERE name IS NOT NULL").get()?.n);
		const isMessage = "kind = 'message' AND removed_by IS NULL";
		const messages = Number(db.prepare(`SELECT count(*) AS n FROM entries WHERE ${isMessage}`).get()?.n);
		db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
		return { rooms, messages };
	} finally {
		db.close();
	}
}

function renewEpochs(db: DatabaseSync): void {
	const rooms = db.prepare("SELECT id FROM rooms").all() as { id: number }[];
	const renew = db.prepare("UPDATE rooms SET epoch = ? WHERE id = ?");
	transaction(db, "BEGIN IMMEDIATE", () => {
		for (const { id } of rooms) renew.run(newEpoch(), id);
	});
}

const MODERATION_TABLES = ["bans", "closed_rooms", "audit", "reports"];
const ACCOUNT_TABLES = ["accounts", "account_names", "passkeys", "sign_in_codes", "sessions"];
const PEOPLE_TABLES = ["people", "chat_settings", "invitations", "invitation_uses", ...ACCOUNT_TABLES];

/**
 * Keeps the sign-outs, the moderation and the people that are newer than the backup. A database without people, such as that
 * of a new machine, gets those of the backup.
 */
function keepModeration(db: DatabaseSync, previous: string): void {
	try {
		db.prepare("ATTACH DATABASE ? AS previous").run(previous);
	} catch {
		return; // It may be damaged, which may be the reason for the restore.
	}
	try {
		db.exec("INSERT OR IGNORE INTO revoked_sessions SELECT id, expires_at FROM previous.revoked_sessions");
		const known = new Set(
			db
				.prepare("SELECT name FROM previous.sqlite_schema")
				.all()
				.map(({ name }) => name),
		);
		const isClaimed = known.has("people") && db.prepare("SELECT 1 FROM previous.people LIMIT 1").get() !== undefined;
		transaction(db, "BEGIN IMMEDIATE", () => {
			for (const table of [...MODERATION_TABLES, ...(isClaimed ? PEOPLE_TABLES : [])])
				if (known.has(table))
					db.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM previous.${table}`);
		});
	} catch {
		// It may be damaged.
	} finally {
		db.exec("DETACH DATABASE previous");
	}
}

/** Leaving write-ahead mode needs exclusive access, so it fails while another program has the database open. */
function refuseInUse(path: string): void {
	let db: DatabaseSync | undefined;
	try {
		db = new DatabaseSync(path);
		db.exec(`PRAGMA busy_timeout = ${IN_USE_MS}; PRAGMA journal_mode = DELETE`);
	} catch (error) {
		if (/locked/.test((error as Error).message)) {
			throw new Error(`A server is running on ${path}. Stop it first, then restore.`, { cause: error });
		}
	} finally {
		if (db?.isOpen) db.close();
	}
}

/** Replaces the database by one rename; if it fails, the old database stays. */
function swap(fresh: string, target: string): string | undefined {
	const replaced = existsSync(target) ? `${target}.replaced` : undefined;
	if (replaced !== undefined) {
		rmSync(replaced, { force: true });
		linkSync(target, replaced);
	}
	for (const suffix of ["-wal", "-shm", "-journal"]) rmSync(target + suffix, { force: true });
	sync(fresh);
	renameSync(fresh, target);
	sync(dirname(target));
	return replaced;
}

function sync(path: string): void {
	const file = openSync(path, "r");
	fsyncSync(file);
	closeSync(file);
}
