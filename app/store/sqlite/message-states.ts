import type { DatabaseSync } from "node:sqlite";
import type { AppendRoom } from "./append-room.ts";

/** Functions that write the states of messages within the current transaction. `rev` is the entry that changes the message. */
export function stateWriter(db: DatabaseSync) {
	const set = (column: string) =>
		db.prepare(`
			INSERT INTO message_states (room_id, seq, rev, ${column}) VALUES (?, ?, ?, ?)
			ON CONFLICT (room_id, seq) DO UPDATE SET rev = excluded.rev, ${column} = excluded.${column}
		`);
	const setText = set("text_seq");
	const setPinned = set("pinned");
	const setRev = db.prepare(`
		INSERT INTO message_states (room_id, seq, rev) VALUES (?, ?, ?)
		ON CONFLICT (room_id, seq) DO UPDATE SET rev = excluded.rev
	`);
	const addReply = db.prepare(`
		INSERT INTO message_states (room_id, seq, rev, replies)
		SELECT room_id, seq, ?, 1 FROM entries
		WHERE room_id = ? AND seq = ? AND kind = 'message'
		ON CONFLICT (room_id, seq) DO UPDATE SET rev = excluded.rev, replies = message_states.replies + 1
	`);
	const removeReply = db.prepare(`
		UPDATE message_states SET rev = ?, replies = max(0, replies - 1) WHERE room_id = ? AND seq = ?
	`);
	const remove = db.prepare("DELETE FROM message_states WHERE room_id = ? AND seq = ?");

	return {
		setText: (room: AppendRoom, message: number, rev: number) => void setText.run(room.id, message, rev, rev),
		setPinned: (room: AppendRoom, message: number, rev: number, isPinned: boolean) =>
			void setPinned.run(room.id, message, rev, isPinned ? rev : null),
		setRev: (room: AppendRoom, message: number, rev: number) => void setRev.run(room.id, message, rev),
		/** Does nothing if the thread's root is not a message any more. */
		addReply: (room: AppendRoom, root: number, rev: number) => void addReply.run(rev, room.id, root),
		removeReply: (room: AppendRoom, root: number, rev: number) => void removeReply.run(rev, room.id, root),
		remove: (room: AppendRoom, message: number) => void remove.run(room.id, message),
	};
}

export type StateWriter = ReturnType<typeof stateWriter>;
