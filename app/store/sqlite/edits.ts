import type { DatabaseSync } from "node:sqlite";
import type { Append } from "../../room/ports/log.ts";
import type { AppendResult } from "../append-result.ts";
import { mentionsColumn } from "../entry-row.ts";
import type { AppendRoom } from "./append-room.ts";
import type { EntryWriter } from "./entries.ts";
import type { Eraser } from "./erasure.ts";
import type { StateWriter } from "./message-states.ts";

type Text = { body: string | null; mentions: string | null };

/** Returns a function that appends an edit: it has the message's text from then on, and the former text is overwritten. */
export function editAppender(db: DatabaseSync, entries: EntryWriter, states: StateWriter, { eraseText }: Eraser) {
	const textAt = db.prepare("SELECT body, mentions FROM entries WHERE room_id = ? AND seq = ?");

	return (room: AppendRoom, edit: Append & { kind: "edit" }): AppendResult => {
		const { target, user, clientId, body, notBefore } = edit;
		const mentions = mentionsColumn(edit.mentions);
		const repeat = entries.repeatOf(user.id, clientId);
		if (repeat) return repeat;
		const message = entries.targetOf(room, target);
		if (message?.kind !== "message") return "missing";
		const text = textAt.get(room.id, message.text_seq) as Text;
		if (message.author_id !== user.id || text.body === null) return "forbidden";
		if (message.created_at < notBefore) return "expired";
		if (text.body === body && text.mentions === mentions) return entries.positionOf(room, message.rev);
		const seq = entries.insertChange(room, { ...edit, mentions });
		eraseText(room, target, message.text_seq);
		states.setText(room, target, seq);
		return seq;
	};
}
