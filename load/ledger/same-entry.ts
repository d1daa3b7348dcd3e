import type { Entry } from "../../app/protocol/log.ts";

/**
 * Returns whether two copies of an entry agree. `hasChanged` is whether a message was edited or removed since: its former
 * text is then replaced in later copies, and what belongs to it may be erased (rules M6, C2, C3).
 */
export function isSameEntry(first: Entry, copy: Entry, hasChanged: (message: number) => boolean): boolean {
	if (copy.kind === "erased") return hasChanged("target" in first ? first.target : first.seq);
	switch (first.kind) {
		case "message":
			return (
				copy.kind === "message" &&
				first.author.id === copy.author.id &&
				first.reply === copy.reply &&
				(first.body === copy.body || hasChanged(first.seq))
			);
		case "edit":
			return copy.kind === "edit" && first.target === copy.target && first.body === copy.body;
		case "reaction":
			return (
				copy.kind === "reaction" &&
				first.target === copy.target &&
				first.user.id === copy.user.id &&
				first.emoji === copy.emoji &&
				first.on === copy.on
			);
		case "removal":
			return copy.kind === "removal" && first.target === copy.target && first.by?.id === copy.by?.id;
		default:
			return first.kind === copy.kind;
	}
}
