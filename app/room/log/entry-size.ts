import { ENTRY_CHARS } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/log.ts";

/** Returns about the number of characters of the entries as JSON: those of the texts, and `ENTRY_CHARS` for each entry. */
export function charsOf(entries: readonly Entry[]): number {
	return entries.reduce((chars, entry) => chars + ENTRY_CHARS + (("body" in entry && entry.body?.length) || 0), 0);
}
