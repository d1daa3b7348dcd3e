import { type EntryKind, entryId, reactionDetail } from "../ledger/entry-kinds.ts";
import { type TextKind, writeMarker } from "../ledger/marker.ts";

export type Payload = Record<string, unknown>;

/** A request that appends an entry to a room's log, as it is sent and as the ledger knows it. */
export type Write = {
	payload: Payload;
	kind: EntryKind;
	/** Identifies the entry; undefined for a reaction with an emoji that no user of a run sends. */
	id: number | undefined;
	/** The message that is changed; undefined for a message. */
	target: number | undefined;
};

type Sender = {
	run: string;
	sender: number;
	/** Counts the sender's texts from 1. */
	n: number;
	intendedUs: number;
};

/** Returns what an event writes, undefined for an event that writes nothing. A text gets the marker of its message. */
export function writeOf(event: string, payload: Payload, from: Sender): Write | undefined {
	const target = Number(payload.target);
	const text = (kind: TextKind) => ({
		payload: { ...payload, body: writeMarker({ ...from, kind }, String(payload.body)) },
		kind,
		id: entryId(from.sender, kind, from.n),
	});
	switch (event) {
		case "message:send":
			return { ...text(payload.reply === undefined ? "message" : "reply"), target: undefined };
		case "message:edit":
			return { ...text("edit"), target };
		case "message:remove":
			return { payload, kind: "removal", id: entryId(from.sender, "removal", target), target };
		case "reaction:set": {
			const detail = reactionDetail(target, String(payload.emoji), payload.on === true);
			const id = detail === undefined ? undefined : entryId(from.sender, "reaction", detail);
			return { payload, kind: "reaction", id, target };
		}
		default:
			return undefined;
	}
}
