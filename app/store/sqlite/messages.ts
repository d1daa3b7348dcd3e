import type { DatabaseSync } from "node:sqlite";
import type { Message } from "../../protocol/message.ts";
import type { Append } from "../../room/ports/log.ts";
import type { AppendResult } from "../append-result.ts";
import { MESSAGE_COLUMNS, type MessageRow, mentionsColumn } from "../entry-row.ts";
import { messageOf, type StateRow } from "../message-row.ts";
import type { AppendRoom } from "./append-room.ts";
import type { EntryWriter } from "./entries.ts";
import { type FileBinder, fileRowReader, withFiles } from "./files.ts";
import type { StateWriter } from "./message-states.ts";
import type { ReactionReader } from "./reactions.ts";
import { rootOf } from "./replies.ts";

/** Returns a function that appends a message. */
export function messageAppender(db: DatabaseSync, entries: EntryWriter, states: StateWriter, files: FileBinder) {
	const insert = db.prepare(`
		INSERT INTO entries (
			room_id, seq, kind, created_at, author_id, author_name, client_id, body, latitude, longitude, accuracy,
			reply, root, mentions
		)
		VALUES (?, ?, 'message', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (author_id, client_id) WHERE client_id IS NOT NULL DO NOTHING
	`);

	/** Returns false for a repeat. */
	function isInserted(room: AppendRoom, message: Append & { kind: "message" }, root: number | null): boolean {
		const { author, clientId, content, createdAt, reply = null, mentions } = message;
		const { body = null, location } = content;
		const { latitude = null, longitude = null, accuracy = null } = location ?? {};
		const { changes } = insert.run(
			room.id,
			room.seq + 1,
			createdAt,
			author.id,
			author.name,
			clientId,
			body,
			latitude,
			longitude,
			accuracy,
			reply,
			root,
			mentionsColumn(mentions),
		);
		if (Number(changes) === 0) return false;
		room.seq++;
		room.active_at = createdAt;
		return true;
	}

	function appendReply(room: AppendRoom, message: Append & { kind: "message" }, reply: number): AppendResult {
		const repeat = entries.repeatOf(message.author.id, message.clientId);
		if (repeat) return repeat;
		const root = rootOf(entries, room, reply);
		if (root === undefined) return "missing";
		isInserted(room, message, root);
		states.addReply(room, root, room.seq);
		return { seq: room.seq, root };
	}

	function appendMessage(room: AppendRoom, message: Append & { kind: "message" }): AppendResult {
		const { author, clientId, reply } = message;
		if (reply !== undefined) return appendReply(room, message, reply);
		return isInserted(room, message, null) ? room.seq : entries.repeatOf(author.id, clientId)!;
	}

	function appendWithFiles(room: AppendRoom, message: Append & { kind: "message" }, ids: string[]): AppendResult {
		const repeat = entries.repeatOf(message.author.id, message.clientId);
		if (repeat) return repeat;
		const infos = files.bindable(room, message.author.id, ids);
		if (!infos) return "no_file";
		const result = appendMessage(room, message);
		if (typeof result === "string" || Array.isArray(result)) return result;
		files.bind(room.seq, ids);
		return { ...(typeof result === "number" ? { seq: result } : result), files: infos };
	}

	return (room: AppendRoom, message: Append & { kind: "message" }): AppendResult =>
		message.files ? appendWithFiles(room, message, message.files) : appendMessage(room, message);
}

type TextAndStateRow = [seq: number, body: string | null, mentions: string | null, ...StateRow];
type TextRow = [seq: number, body: string, mentions: string | null];

const BODY = MESSAGE_COLUMNS.indexOf("body");
const MENTIONS = MESSAGE_COLUMNS.indexOf("mentions");

/** Functions that read the current state of messages. */
export function messageReader(db: DatabaseSync, { reactionsTo }: ReactionReader) {
	const { filesOf } = fileRowReader(db);
	const hasStates = db.prepare("SELECT 1 FROM message_states WHERE room_id = ? AND seq BETWEEN ? AND ? LIMIT 1");
	const statesOf = db.prepare(`
		SELECT state.seq, text.body, text.mentions, state.rev, text.created_at, state.replies, state.pinned
		FROM json_each(?) AS page
		-- In this order: otherwise SQLite reads all states of the room.
		CROSS JOIN message_states AS state ON state.room_id = ? AND state.seq = page.value
		LEFT JOIN entries AS text ON text.room_id = state.room_id AND text.seq = state.text_seq
	`);
	const textsBetween = db.prepare(`
		SELECT state.seq, text.body, text.mentions
		FROM message_states AS state
		JOIN entries AS text ON text.room_id = state.room_id AND text.seq = state.text_seq
		WHERE state.room_id = ? AND state.seq BETWEEN ? AND ?
	`);
	statesOf.setReturnArrays(true);
	textsBetween.setReturnArrays(true);

	return {
		/** Returns the messages of ascending rows in their current state. */
		messagesOf(roomId: number, withoutFiles: readonly MessageRow[], viewer?: string): Message[] {
			if (withoutFiles.length === 0) return [];
			const [first, last] = [withoutFiles[0]![0], withoutFiles.at(-1)![0]];
			const files = filesOf(roomId, withoutFiles);
			const rows = files.size === 0 ? withoutFiles : withoutFiles.map((row) => withFiles(row, files.get(row[0])));
			if (!hasStates.get(roomId, first, last)) return rows.map((row) => messageOf(row));
			const seqs = JSON.stringify(rows.map(([seq]) => seq));
			const states = new Map((statesOf.all(seqs, roomId) as unknown as TextAndStateRow[]).map((row) => [row[0], row]));
			const reactions = reactionsTo(roomId, [...states.keys()], viewer);
			return rows.map((row) => {
				const found = states.get(row[0]);
				if (!found) return messageOf(row);
				const [seq, body, mentions, ...state] = found;
				return messageOf(body === null ? row : withText(row, body, mentions), state, reactions.get(seq));
			});
		},
		/** Returns the current texts of the edited messages in a part of a log. */
		textsBetween(roomId: number, first: number, last: number): Map<number, { body: string; mentions: string | null }> {
			const rows = textsBetween.all(roomId, first, last) as unknown as TextRow[];
			return new Map(rows.map(([seq, body, mentions]) => [seq, { body, mentions }]));
		},
	};
}

export function withText(row: MessageRow, body: string, mentions: string | null): MessageRow {
	return row.with(BODY, body).with(MENTIONS, mentions) as MessageRow;
}
