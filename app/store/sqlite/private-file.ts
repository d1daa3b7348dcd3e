import { chmodSync, closeSync, openSync } from "node:fs";

/** Readable by the server's own user only: it has messages. SQLite gives its other files the mode of the database. */
export const OWNER_ONLY = 0o600;

/** Creates a file for SQLite unless it exists, and takes the rights of other users away. */
export function makePrivate(path: string): void {
	try {
		closeSync(openSync(path, "a", OWNER_ONLY));
	} catch {
		return; // SQLite can't open it either, and says why.
	}
	for (const part of ["", "-wal", "-shm"]) {
		try {
			chmodSync(path + part, OWNER_ONLY);
		} catch {
			// It does not exist, or another user owns it and has decided.
		}
	}
}
