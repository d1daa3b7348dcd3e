import type { DatabaseSync } from "node:sqlite";
import { SQLITE_MIGRATIONS } from "../migrations/sequence.ts";
import { numberOf } from "./number-of.ts";
import { transaction } from "./transaction.ts";

/** "Hubb" in ASCII: marks the files of this program. */
const APPLICATION_ID = 0x48756262;

/** Migrates the schema. Throws a sentence for a database of another program or of a newer version. */
export function migrate(db: DatabaseSync, path: string): void {
	if (versionOf(db, path) === SQLITE_MIGRATIONS.length) return;
	transaction(db, "BEGIN IMMEDIATE", () => {
		// Read again: another process may have migrated it while this one waited for the lock.
		for (const sql of SQLITE_MIGRATIONS.slice(versionOf(db, path))) db.exec(sql);
		db.exec(`PRAGMA user_version = ${SQLITE_MIGRATIONS.length}; PRAGMA application_id = ${APPLICATION_ID}`);
	});
}

function versionOf(db: DatabaseSync, path: string): number {
	const version = numberOf(db, "PRAGMA user_version");
	const isEmpty = version === 0 && numberOf(db, "SELECT count(*) FROM sqlite_schema") === 0;
	if (!isEmpty && numberOf(db, "PRAGMA application_id") !== APPLICATION_ID)
		throw new Error(`${path} is a database of another program. Name another file in DATABASE_PATH.`);
	if (version > SQLITE_MIGRATIONS.length)
		throw new Error(
			`${path} was written by a newer version of this program (schema ${version}; this one knows up to ` +
				`${SQLITE_MIGRATIONS.length}). Start that version, or restore a backup of this one.`,
		);
	return version;
}
