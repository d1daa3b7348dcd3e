import type { DatabaseSync } from "node:sqlite";
import { BUSY_TIMEOUT_MS } from "./connection.ts";

/** How long a commit may be held up by readers of the old log. */
const WAIT_FOR_READERS_MS = 50;
const RETRY_MS = 1_000;

/**
 * Empties the write-ahead log after something was deleted: it still has the pages as they were before, text
 * included. Where a reader (a backup, say) is in the way, or the disk is full, it is tried again until it is done.
 */
export function logEmptier(db: DatabaseSync): () => void {
	const checkpoint = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
	let retry: ReturnType<typeof setTimeout> | undefined;

	function isEmptied(): boolean {
		try {
			db.exec(`PRAGMA busy_timeout = ${WAIT_FOR_READERS_MS}`);
			return Number(checkpoint.get()?.busy) === 0;
		} catch {
			// What was to be stored is stored; this is about what was deleted, and it is not given up.
			return false;
		} finally {
			db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
		}
	}

	function empty(): void {
		if (!db.isOpen || retry !== undefined || isEmptied()) return;
		retry = setTimeout(() => {
			retry = undefined;
			empty();
		}, RETRY_MS);
	}
	return empty;
}
