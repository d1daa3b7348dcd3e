import type { Entry } from "../../protocol/log.ts";

/** Bounds the text of one `room:appended`, well below what a reader may leave unread before it is cut. */
export const MAX_CHARS_AT_ONCE = 262_144;

/** How much text is in them: what most of a packet is made of. */
export function charsOf(entries: readonly Entry[]): number {
	return entries.reduce((chars, entry) => chars + (entry.kind === "message" ? (entry.body?.length ?? 0) : 0), 0);
}
