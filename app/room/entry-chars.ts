import type { Entry } from "../protocol.ts";

/** How much text is in them: what most of a packet is made of. */
export function charsOf(entries: readonly Entry[]): number {
	return entries.reduce((chars, entry) => chars + (entry.kind === "message" ? (entry.body?.length ?? 0) : 0), 0);
}
