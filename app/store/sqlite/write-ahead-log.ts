import type { DatabaseSync } from "node:sqlite";
import { BUSY_TIMEOUT_MS } from "./connection.ts";

/** Time that a commit may wait for readers of the old log. */
const WAIT_FOR_READERS_MS = 50;
const RETRY_MS = 1_000;
/** Emptying costs several times a commit, so those that come within this time share one. */
const DELAY_MS = 250;

/**
 * Empties the write-ahead log after a deletion, because the log still has the former pages with their text. If a reader
 * (such as a backup) blocks it, or the disk is full, it is repeated until it succeeds.
 */
export function logEmptier(db: DatabaseSync) {
	const checkpoint = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
	let timer: ReturnType<typeof setTimeout> | undefined;

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

	function emptyIn(delayMs: number): void {
		timer ??= setTimeout(() => {
			timer = undefined;
			emptyLog();
		}, delayMs);
	}

	function emptyLog(): void {
		if (db.isOpen && timer === undefined && !isEmptied()) emptyIn(RETRY_MS);
	}

	return {
		/** Empties it now, unless that is scheduled. */
		emptyLog,
		/** Empties it within a second. */
		emptyLogSoon: () => emptyIn(DELAY_MS),
		/** Empties it if that is scheduled. */
		finish(): void {
			if (timer === undefined) return;
			clearTimeout(timer);
			timer = undefined;
			isEmptied();
		},
	};
}
