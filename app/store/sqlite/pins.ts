import type { DatabaseSync } from "node:sqlite";
import { MAX_PINS } from "../../protocol/limits.ts";
import type { Append } from "../../room/ports/log.ts";
import type { AppendResult } from "../append-result.ts";
import type { AppendRoom } from "./append-room.ts";
import { auditor } from "./audit.ts";
import type { EntryWriter } from "./entries.ts";
import type { StateWriter } from "./message-states.ts";

/** Returns a function that appends a pin. */
export function pinAppender(db: DatabaseSync, entries: EntryWriter, states: StateWriter) {
	const record = auditor(db);
	const count = db.prepare(`
		SELECT count(*) AS pins
		FROM message_states INDEXED BY message_states_pinned
		WHERE room_id = ? AND pinned IS NOT NULL
	`);

	return (room: AppendRoom, pin: Append & { kind: "pin" }): AppendResult => {
		const { target, by, on, createdAt, audit } = pin;
		const repeat = by && entries.repeatOf(by.user.id, by.clientId);
		if (repeat) return repeat;
		const message = entries.targetOf(room, target);
		if (message?.kind !== "message") return "missing";
		if (on === (message.pinned !== null)) return entries.positionOf(room, message.rev);
		if (on && Number(count.get(room.id)?.pins) >= MAX_PINS) return "full";
		const seq = entries.insertChange(room, { kind: "pin", target, on, createdAt, ...by });
		states.setPinned(room, target, seq, on);
		if (audit) record(audit);
		return seq;
	};
}
