import type { DatabaseSync } from "node:sqlite";
import { MAX_PINS } from "../../protocol/limits.ts";
import type { Append } from "../../room/ports/log.ts";
import type { AppendResult } from "../append-result.ts";
import type { EntryWriter } from "./entries.ts";
import type { StateWriter } from "./message-states.ts";
import type { OpenRoom } from "./open-room.ts";

/** Returns a function that appends a pin. */
export function pinAppender(db: DatabaseSync, entries: EntryWriter, states: StateWriter) {
	const count = db.prepare("SELECT count(*) AS pins FROM message_states WHERE room_id = ? AND pinned IS NOT NULL");

	return (room: OpenRoom, pin: Append & { kind: "pin" }): AppendResult => {
		const { target, user, clientId, on } = pin;
		const repeat = entries.repeatOf(user.id, clientId);
		if (repeat) return repeat;
		const message = entries.targetOf(room, target);
		if (message?.kind !== "message") return "missing";
		if (on === (message.pinned !== null)) return entries.positionOf(room, message.rev);
		if (on && Number(count.get(room.id)?.pins) >= MAX_PINS) return "full";
		const seq = entries.insertChange(room, pin);
		states.setPinned(room, target, seq, on);
		return seq;
	};
}
