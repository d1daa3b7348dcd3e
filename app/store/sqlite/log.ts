import type { DatabaseSync } from "node:sqlite";
import type { FileInfo } from "../../protocol/file.ts";
import type { Entry, SinceData } from "../../protocol/log.ts";
import type { AroundData, HistoryData } from "../../protocol/message.ts";
import type { LogState, MessagePage, MessagesAround, OpenedLog } from "../../room/ports/log.ts";
import type { PrivateRoomState } from "../../room/ports/private-rooms.ts";
import { rowsAround } from "../around.ts";
import { type EntryRow, entryOf, kindOf } from "../entry-row.ts";
import { fileRowReader, MESSAGE_COLUMNS_OF_ENTRY, withFiles } from "./files.ts";
import { historyReader } from "./history.ts";
import { messageReader, withText } from "./messages.ts";
import { reactionReader } from "./reactions.ts";
import { transaction } from "./transaction.ts";

type Head = LogState & { id: number };

const COLUMNS = `${kindOf("entries")}, target, emoji, is_on, ${MESSAGE_COLUMNS_OF_ENTRY}`;

/** The reader thread's calls for logs and history. */
export function logReader(db: DatabaseSync, stateOf: (room: string) => PrivateRoomState | undefined) {
	const entries = db.prepare(`
		SELECT ${COLUMNS} FROM entries AS entry
		WHERE room_id = ? AND seq > ?
		ORDER BY seq LIMIT ?
	`);
	entries.setReturnArrays(true);
	const head = db.prepare("SELECT id, epoch, seq, floor FROM rooms WHERE name = ?");
	const headOf = (room: string) => head.get(room) as Head | undefined;
	const reactions = reactionReader(db);
	const { messagesOf, textsBetween } = messageReader(db, reactions);
	const { filesBetween } = fileRowReader(db);
	const { rowsOfPage, earlierThan, laterThan, seqAt } = historyReader(db);

	/** Reads a page of the log. Messages have their current text. */
	function entriesAfter(roomId: number, after: number, limit: number): Entry[] {
		const rows = entries.all(roomId, after, limit) as unknown as EntryRow[];
		const texts = textsBetween(roomId, after + 1, after + rows.length);
		const files = filesBetween(roomId, after + 1, after + rows.length);
		if (texts.size === 0 && files.size === 0) return rows.map(entryOf);
		return rows.map((row) => entryOf(withCurrentFiles(withCurrentText(row, texts), files)));
	}

	function read(found: Head, tail: number, messages: number): OpenedLog {
		const { id, seq, floor } = found;
		const after = Math.max(floor, seq - tail);
		const newest = earlierThan(id, seq + 1, messages + 1);
		return {
			...logOf(found),
			entries: entriesAfter(id, after, seq - after),
			messages: messagesOf(id, newest.slice(0, messages).reverse()),
			more: newest.length > messages,
		};
	}

	return {
		/** Returns undefined if the room does not exist. */
		open(room: string, tail: number, messages = 0): OpenedLog | undefined {
			return transaction(db, "BEGIN", () => {
				const found = headOf(room);
				return found && read(found, tail, messages);
			});
		},
		openPrivate(room: string, tail: number, messages: number) {
			return transaction(db, "BEGIN", () => {
				const found = headOf(room);
				const state = found && stateOf(room);
				return state && { ...read(found, tail, messages), state };
			});
		},
		history(room: string, { viewer, ...page }: MessagePage): HistoryData {
			return transaction(db, "BEGIN", () => {
				const found = headOf(room);
				if (!found) return { messages: [], more: false, seq: 0 };
				// One extra row shows whether there are more.
				const rows = rowsOfPage(found.id, { ...page, limit: page.limit + 1 });
				const inPage = rows.slice(0, page.limit);
				const ascending = page.after === undefined ? inPage.reverse() : inPage;
				return { messages: messagesOf(found.id, ascending, viewer), more: rows.length > page.limit, seq: found.seq };
			});
		},
		around(room: string, { limit, viewer, ...position }: MessagesAround): AroundData {
			return transaction(db, "BEGIN", () => {
				const found = headOf(room);
				if (!found) return { messages: [], more: false, moreAfter: false, seq: 0 };
				const target = "at" in position ? seqAt(found, position.at) : position.seq;
				const earlier = earlierThan(found.id, target, limit + 1);
				const later = laterThan(found.id, target - 1, limit + 1);
				const { rows, ...more } = rowsAround(earlier, later, limit);
				return { messages: messagesOf(found.id, rows, viewer), ...more, seq: found.seq };
			});
		},
		since(room: string, after: number, limit: number): SinceData & LogState {
			return transaction(db, "BEGIN", () => {
				const found = headOf(room);
				if (!found) return { entries: [], more: false, epoch: "", seq: 0, floor: 0 };
				const first = Math.max(after, found.floor);
				return { ...logOf(found), entries: entriesAfter(found.id, first, limit), more: found.seq > first + limit };
			});
		},
		heads(names: readonly string[]): Map<string, Pick<LogState, "epoch" | "seq">> {
			const found = names.map((name) => [name, headOf(name)] as const);
			return new Map(found.flatMap(([name, log]) => (log ? [[name, { epoch: log.epoch, seq: log.seq }]] : [])));
		},
		reactionsOf: reactions.reactionsOf,
	};
}

function withCurrentText(
	row: EntryRow,
	texts: ReadonlyMap<number, { body: string; mentions: string | null }>,
): EntryRow {
	const [kind, target, emoji, isOn, ...message] = row;
	const text = kind === "message" ? texts.get(message[0]) : undefined;
	return text ? [kind, target, emoji, isOn, ...withText(message, text.body, text.mentions)] : row;
}

function withCurrentFiles(row: EntryRow, files: ReadonlyMap<number, FileInfo[]>): EntryRow {
	const [kind, target, emoji, isOn, ...message] = row;
	const found = kind === "message" ? files.get(message[0]) : undefined;
	return found ? [kind, target, emoji, isOn, ...withFiles(message, found)] : row;
}

function logOf({ epoch, seq, floor }: Head): LogState {
	return { epoch, seq, floor };
}
