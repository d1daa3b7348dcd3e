import type { DatabaseSync } from "node:sqlite";
import type { Append } from "../../room/ports/log.ts";
import type { AppendResult } from "../append-result.ts";
import type { AppendRoom } from "./append-room.ts";
import { auditor } from "./audit.ts";
import type { EntryWriter } from "./entries.ts";
import type { Eraser } from "./erasure.ts";
import type { FileBinder } from "./files.ts";
import type { StateWriter } from "./message-states.ts";

/** Returns a function that appends a removal and erases the message with everything that belongs to it. */
export function removalAppender(
	db: DatabaseSync,
	entries: EntryWriter,
	states: StateWriter,
	{ eraseMessage }: Eraser,
	files: FileBinder,
) {
	const record = auditor(db);
	const deleteReactions = db.prepare("DELETE FROM reactions WHERE room_id = ? AND target = ?");

	return (room: AppendRoom, { target, by, createdAt, audit }: Append & { kind: "removal" }): AppendResult => {
		const repeat = by && entries.repeatOf(by.user.id, by.clientId);
		if (repeat) return repeat;
		const message = entries.targetOf(room, target);
		if (!message) return "missing";
		const { author_id, removed_by, root, text_seq } = message;
		if (removed_by !== null) return by ? "missing" : entries.positionOf(room, removed_by);
		if (by && by.user.id !== author_id) return "forbidden";
		const seq = entries.insertChange(room, { kind: "removal", target, createdAt, root, ...by });
		eraseMessage(room, target, text_seq, seq);
		deleteReactions.run(room.id, target);
		states.remove(room, target);
		files.removeOf(room, target);
		if (audit) record(audit);
		if (root === null) return seq;
		states.removeReply(room, root, seq);
		return { seq, root };
	};
}
