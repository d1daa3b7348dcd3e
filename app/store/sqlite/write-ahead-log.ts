import type { DatabaseSync } from "node:sqlite";
import { BUSY_TIMEOUT_MS } from "./connection.ts";

/** Time that a commit may wait for readers of the old log. */
const WAIT_FOR_READERS_MS = 50;
const RETRY_MS = 1_000;

/**
 * Returns a function that empties the write-ahead log after a deletion, because the log still has the former pages with their text.
 * If a reader (such as a backup) blocks it, or the disk is full, it is repeated until it succeeds.
 */
export function logEmptier(db: DatabaseSync): () => void {
	const checkpoint = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
	let retry: ReturnType<typeof setTimeout> | undefined;

	function isEmptied(): boolean {
		try {
			db.exec(`PRAGMA busy_timeout = ${WAIT_FOR_READERS_MS}`);
			return Number(checkpoint.get()?.busy) === 0;
		} catch {
			// The commit is durable; only the deletion is incomplete, and it is repeated.
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
