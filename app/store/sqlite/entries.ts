import type { DatabaseSync } from "node:sqlite";
import type { AppendResult } from "../append-result.ts";
import type { AppendRoom } from "./append-room.ts";

/** An entry that changes a message. */
export type NewChange = {
	kind: "edit" | "reaction" | "pin" | "removal" | "member" | "room";
	/** Absent where the entry changes no message. */
	target?: number;
	createdAt: number;
	user?: { id: string; name: string } | undefined;
	clientId?: string | undefined;
	body?: string;
	mentions?: string | null;
	emoji?: string;
	on?: boolean;
	root?: number | null;
};

/** A message that is to be changed, with its state. */
export type TargetRow = {
	kind: "message" | "erased";
	created_at: number;
	author_id: string;
	root: number | null;
	/** The removal's seq, if it was removed. */
	removed_by: number | null;
	rev: number;
	/** The seq of the entry that has its text. */
	text_seq: number;
	pinned: number | null;
};

type Position = { seq: number; created_at: number };

/** Statements on entries that every kind of append needs. */
export function entryWriter(db: DatabaseSync) {
	const insert = db.prepare(`
		INSERT INTO entries
			(room_id, seq, kind, created_at, author_id, author_name, client_id, target, body, mentions, emoji, is_on, root)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	`);
	const ofClientId = db.prepare("SELECT seq, created_at FROM entries WHERE author_id = ? AND client_id = ?");
	const atSeq = db.prepare("SELECT seq, created_at FROM entries WHERE room_id = ? AND seq = ?");
	const target = db.prepare(`
		SELECT entry.kind, entry.created_at, entry.author_id, entry.root, entry.removed_by,
			coalesce(state.rev, entry.seq) AS rev, coalesce(state.text_seq, entry.seq) AS text_seq, state.pinned
		FROM entries AS entry
		LEFT JOIN message_states AS state ON state.room_id = entry.room_id AND state.seq = entry.seq
		WHERE entry.room_id = ? AND entry.seq = ?
			AND (entry.kind = 'message' OR (entry.kind = 'erased' AND entry.removed_by IS NOT NULL))
	`);

	return {
		/** Returns its `seq`. */
		insertChange(room: AppendRoom, change: NewChange): number {
			const {
				kind,
				createdAt,
				user,
				clientId = null,
				body = null,
				mentions = null,
				emoji = null,
				on,
				root = null,
			} = change;
			room.seq++;
			insert.run(
				room.id,
				room.seq,
				kind,
				createdAt,
				user?.id ?? null,
				user?.name ?? null,
				clientId,
				change.target ?? null,
				body,
				mentions,
				emoji,
				on === undefined ? null : Number(on),
				root,
			);
			return room.seq;
		},
		/** Returns the position of the user's entry with this `clientId`, of any kind and in any room. */
		repeatOf(userId: string, clientId: string): AppendResult | undefined {
			const first = ofClientId.get(userId, clientId) as Position | undefined;
			return first && [first.seq, first.created_at];
		},
		/** Returns the position of an existing entry. */
		positionOf(room: AppendRoom, seq: number): AppendResult {
			const { created_at } = atSeq.get(room.id, seq) as Position;
			return [seq, created_at];
		},
		/** Returns a message, also one that was removed; undefined if `seq` has never been one, or was pruned. */
		targetOf: (room: AppendRoom, seq: number) => target.get(room.id, seq) as TargetRow | undefined,
	};
}

export type EntryWriter = ReturnType<typeof entryWriter>;
