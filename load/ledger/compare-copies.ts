import { isDeepStrictEqual } from "node:util";
import type { Entry } from "../../app/protocol/log.ts";

/**
 * How two copies of an entry compare. A message's former text is replaced in later copies, and what belongs to a removed
 * message is erased (rules M6, C2, C3): such a difference is an alteration unless the message `unlessChanged` was edited or
 * removed.
 */
export type Difference = "none" | "altered" | { unlessChanged: number };

export function compareCopies(first: Entry, copy: Entry): Difference {
	if (copy.kind === "erased") return { unlessChanged: "target" in first ? first.target : first.seq };
	if (first.kind === "message" && copy.kind === "message") {
		if (first.author.id !== copy.author.id || first.reply !== copy.reply) return "altered";
		const isSame = first.body === copy.body && isDeepStrictEqual(first.files, copy.files);
		return isSame ? "none" : { unlessChanged: first.seq };
	}
	return isSameChange(first, copy) ? "none" : "altered";
}

function isSameChange(first: Entry, copy: Entry): boolean {
	if (!("target" in first && "target" in copy) || first.target !== copy.target) return false;
	switch (first.kind) {
		case "edit":
			return copy.kind === "edit" && first.body === copy.body;
		case "reaction":
			return (
				copy.kind === "reaction" && first.user.id === copy.user.id && first.emoji === copy.emoji && first.on === copy.on
			);
		case "removal":
			return copy.kind === "removal" && first.by?.id === copy.by?.id;
		default:
			return first.kind === copy.kind;
	}
}
