import type { Entry } from "../../app/protocol/log.ts";
import type { User } from "../../app/protocol/session.ts";
import { type EntryKind, entryId, reactionDetail, userOfName } from "./entry-kinds.ts";
import { readMarker } from "./marker.ts";

export type Identity = {
	id: number;
	kind: EntryKind;
	/** The scheduled send time in microseconds since the run began; undefined for an entry that has no text to carry it. */
	intendedUs?: number;
};

/**
 * Identifies an entry that a user of this run sent. Undefined for any other entry, for an erased one, and for a message
 * that is replayed with the text of an edit (rule C2).
 */
export function identify(entry: Entry, run: string): Identity | undefined {
	switch (entry.kind) {
		case "message":
		case "edit": {
			const marker = entry.body === undefined ? undefined : readMarker(entry.body);
			if (marker?.run !== run || (entry.kind === "edit") !== (marker.kind === "edit")) return undefined;
			const { sender, kind, n, intendedUs } = marker;
			return { id: entryId(sender, kind, n), kind, intendedUs };
		}
		case "reaction":
			return withoutText(entry.kind, entry.user, reactionDetail(entry.target, entry.emoji, entry.on));
		case "removal":
			return withoutText(entry.kind, entry.by, entry.target);
		default:
			return undefined;
	}
}

function withoutText(kind: EntryKind, user: User | undefined, detail: number | undefined): Identity | undefined {
	const sender = user && userOfName(user.name);
	return sender === undefined || detail === undefined ? undefined : { id: entryId(sender, kind, detail), kind };
}
