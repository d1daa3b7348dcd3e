import { DatabaseSync } from "node:sqlite";
import { makePrivate } from "./private-file.ts";

/** Longer than the drain of a server that is being replaced. */
const WAIT_MS = 7_000;

/** Held until the thread ends, however it ends. */
let claim: DatabaseSync | undefined;

/**
 * Makes this server the only one that runs on a database file: two would not receive each other's messages. Programs such as
 * the backup may still open the file. Throws a sentence if another server runs on it.
 */
export function claimFile(path: string): void {
	const lock = `${path}.owner`;
	makePrivate(lock);
	const db = new DatabaseSync(lock);
	try {
		db.exec(`PRAGMA busy_timeout = ${WAIT_MS}; BEGIN EXCLUSIVE`);
		claim?.close();
		claim = db;
	} catch (error) {
		db.close();
		if (!/locked/.test((error as Error).message)) throw error;
		throw new Error(
			`Another server runs on ${path}. Stop it first. Several servers share a chat through PostgreSQL: set DATABASE_URL.`,
			{ cause: error },
		);
	}
}
