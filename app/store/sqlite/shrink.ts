import type { DatabaseSync } from "node:sqlite";
import { numberOf } from "./number-of.ts";

/** `PRAGMA auto_vacuum` of a file that can be made smaller in steps. */
const INCREMENTAL = 2;
/** Free pages that stay in the file for the next messages: at least these, and this share of the file. */
const KEPT_PAGES = 1_024;
const KEPT_SHARE = 1 / 8;
/** Pages of a step, so that a commit never waits long behind it. */
const STEP_PAGES = 250;
/** Pages in use up to which a file of an earlier version is rewritten at the start, which takes less than a second. */
const REWRITTEN_PAGES = 8_192;

/** Makes a file of an earlier version one that can be made smaller in steps, unless it is large. */
export function makeShrinkable(db: DatabaseSync): void {
	if (numberOf(db, "PRAGMA auto_vacuum") === INCREMENTAL) return;
	if (numberOf(db, "PRAGMA page_count") - numberOf(db, "PRAGMA freelist_count") > REWRITTEN_PAGES) return;
	try {
		db.exec("VACUUM");
	} catch {
		// Another program reads it, or the disk is full. The next start tries again.
	}
}

/** Returns a function that gives some free pages of the file back. It returns whether there may be more. */
export function shrinker(db: DatabaseSync): () => boolean {
	return () => {
		const pages = numberOf(db, "PRAGMA page_count");
		const spare = numberOf(db, "PRAGMA freelist_count") - Math.max(KEPT_PAGES, Math.floor(pages * KEPT_SHARE));
		if (spare <= 0 || numberOf(db, "PRAGMA auto_vacuum") !== INCREMENTAL) return false;
		db.exec(`PRAGMA incremental_vacuum(${Math.min(spare, STEP_PAGES)})`);
		return true;
	};
}
