import type { DatabaseSync } from "node:sqlite";
import { execute } from "./search-file.ts";

/** Pages of the index that one step writes: a search waits for it. */
const STEP_PAGES = 50;
/** Pause between two steps, in which searches and entries have their turn. */
const STEP_PAUSE_MS = 5;
/** Time from the first dropped message until the index is written again, so that many share it. */
const MIN_DELAY_MS = 500;
const MAX_DELAY_MS = 60 * 60_000;
/** It takes at most a twentieth of the time. */
const DELAY_FACTOR = 20;

/**
 * Erases the words of dropped messages from the file of the index. A message without its text can only be dropped by a mark
 * beside its words: FTS5 leaves them out when it merges its segments, and its `secure-delete` does not reach them. So all
 * segments are merged into one, in small steps; then the write-ahead log is emptied.
 */
export function indexEraser(index: DatabaseSync) {
	const changes = index.prepare("SELECT total_changes() AS count");
	const setDropped = index.prepare("UPDATE source SET has_dropped = ?");
	let hasDropped = index.prepare("SELECT has_dropped FROM source").get()?.has_dropped === 1;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let startedAt: number | undefined;
	let delayMs = MIN_DELAY_MS;

	/** Merges some pages; a negative number begins with all segments. Returns whether there may be more. */
	function merge(pages: number): boolean {
		const before = Number(changes.get()?.count);
		index.exec(`INSERT INTO messages (messages, rank) VALUES ('merge', ${pages})`);
		return Number(changes.get()?.count) - before >= 2;
	}

	function step(): void {
		timer = undefined;
		try {
			const isFirst = startedAt === undefined;
			startedAt ??= performance.now();
			if (isFirst) hasDropped = false;
			if (merge(isFirst ? -STEP_PAGES : STEP_PAGES)) schedule(STEP_PAUSE_MS);
			else finish();
		} catch {
			// Another process has the index, or the disk is full. Nothing is lost: it is repeated.
			hasDropped = true;
			startedAt = undefined;
			schedule(MIN_DELAY_MS);
		}
	}

	function finish(): void {
		delayMs = Math.min(Math.max(MIN_DELAY_MS, DELAY_FACTOR * (performance.now() - startedAt!)), MAX_DELAY_MS);
		startedAt = undefined;
		if (!hasDropped) execute(setDropped, 0);
		index.exec("PRAGMA wal_checkpoint(TRUNCATE)");
		if (hasDropped) schedule(delayMs);
	}

	function schedule(ms: number): void {
		timer ??= setTimeout(step, ms);
	}

	if (hasDropped) schedule(MIN_DELAY_MS);

	return {
		/** Call this in the transaction that drops a message. */
		dropped(): void {
			if (hasDropped) return;
			hasDropped = true;
			execute(setDropped, 1);
			if (startedAt === undefined) schedule(delayMs);
		},
		/** What is not erased is erased after the next start. */
		stop: () => clearTimeout(timer),
	};
}
