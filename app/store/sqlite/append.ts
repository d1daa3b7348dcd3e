import type { DatabaseSync } from "node:sqlite";
import type { Append } from "../../room/ports/log.ts";
import type { AppendResult } from "../append-result.ts";
import { auditor } from "./audit.ts";
import { roomCreator } from "./rooms.ts";
import { transaction } from "./transaction.ts";

type Position = { seq: number; created_at: number };
type Head = { id: number; seq: number; active_at: number };
type OpenHead = Head & { committedSeq: number };

/** Returns a function that appends a batch in one transaction. */
export function appender(db: DatabaseSync): (batch: readonly Append[]) => AppendResult[] {
	const createRoom = roomCreator(db);
	const record = auditor(db);
	const head = db.prepare("SELECT id, seq, active_at FROM rooms WHERE name = ?");
	const raiseHead = db.prepare("UPDATE rooms SET seq = ?, active_at = ? WHERE id = ?");
	const insertMessage = db.prepare(`
		INSERT INTO entries
			(room_id, seq, kind, created_at, author_id, author_name, client_id, body, latitude, longitude, accuracy)
		VALUES (?, ?, 'message', ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (author_id, client_id) WHERE client_id IS NOT NULL DO NOTHING
	`);
	const firstOfClientId = db.prepare("SELECT seq, created_at FROM entries WHERE author_id = ? AND client_id = ?");
	const insertRemoval = db.prepare(
		"INSERT INTO entries (room_id, seq, kind, created_at, target) VALUES (?, ?, 'removal', ?, ?)",
	);
	const removalOf = db.prepare(
		"SELECT removed_by FROM entries WHERE room_id = ? AND seq = ? AND kind IN ('message', 'erased')",
	);
	const positionOf = db.prepare("SELECT seq, created_at FROM entries WHERE room_id = ? AND seq = ?");
	// The text is overwritten with the same length: SQLite may move other rows, and leave copies, when a row's size changes.
	const erase = db.prepare(`
		UPDATE entries
		SET kind = 'erased', removed_by = ?, author_name = NULL, latitude = NULL, longitude = NULL, accuracy = NULL,
			body = substr(hex(zeroblob(octet_length(body))), 1, max(0, octet_length(body) - 8))
		WHERE room_id = ? AND seq = ?
	`);

	function openHead(name: string, createdAt: number): OpenHead {
		let found = head.get(name) as Head | undefined;
		if (!found) {
			createRoom(name, createdAt);
			found = head.get(name) as Head;
		}
		return { ...found, committedSeq: found.seq };
	}

	function appendMessage(room: OpenHead, append: Append & { kind: "message" }): AppendResult {
		const { author, clientId, content, createdAt } = append;
		const { body = null, location } = content;
		const { latitude = null, longitude = null, accuracy = null } = location ?? {};
		const seq = room.seq + 1;
		const { changes } = insertMessage.run(
			room.id,
			seq,
			createdAt,
			author.id,
			author.name,
			clientId,
			body,
			latitude,
			longitude,
			accuracy,
		);
		if (Number(changes) === 0) return resultOf(firstOfClientId.get(author.id, clientId) as Position);
		room.seq = seq;
		room.active_at = createdAt;
		return seq;
	}

	function appendRemoval(room: OpenHead, { target, createdAt, audit }: Append & { kind: "removal" }): AppendResult {
		const message = removalOf.get(room.id, target) as { removed_by: number | null } | undefined;
		if (!message) return null;
		if (message.removed_by !== null) return resultOf(positionOf.get(room.id, message.removed_by) as Position);
		const seq = room.seq + 1;
		insertRemoval.run(room.id, seq, createdAt, target);
		erase.run(seq, room.id, target);
		if (audit) record(audit);
		room.seq = seq;
		return seq;
	}

	return (batch) =>
		transaction(db, "BEGIN IMMEDIATE", () => {
			const rooms = new Map<string, OpenHead>();
			const results = batch.map((append) => {
				const room = rooms.get(append.room) ?? openHead(append.room, append.createdAt);
				rooms.set(append.room, room);
				return append.kind === "message" ? appendMessage(room, append) : appendRemoval(room, append);
			});
			for (const { id, seq, active_at, committedSeq } of rooms.values())
				if (seq > committedSeq) raiseHead.run(seq, active_at, id);
			return results;
		});
}

function resultOf({ seq, created_at }: Position): AppendResult {
	return [seq, created_at];
}
