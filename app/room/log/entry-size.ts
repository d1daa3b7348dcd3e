import { ENTRY_CHARS } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/log.ts";
import type { Append } from "../ports/log.ts";

/** Returns about the number of characters of the entries as JSON: those of the texts, and `ENTRY_CHARS` for each entry. */
export function charsOf(entries: readonly Entry[]): number {
	return entries.reduce((chars, entry) => chars + ENTRY_CHARS + (("body" in entry && entry.body?.length) || 0), 0);
}

/** Returns about the number of characters of the entry that an append makes, counted as {@link charsOf} does. */
export function charsOfAppend(append: Append): number {
	if (append.kind === "edit") return ENTRY_CHARS + append.body.length;
	return ENTRY_CHARS + (append.kind === "message" ? (append.content.body?.length ?? 0) : 0);
}
