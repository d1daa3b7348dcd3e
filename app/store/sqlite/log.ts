import type { DatabaseSync } from "node:sqlite";
import type { Entry, SinceData } from "../../protocol/log.ts";
import type { HistoryData } from "../../protocol/message.ts";
import type { LogState } from "../../room/ports/log.ts";
import { ENTRY_COLUMNS, type EntryRow, entryOf, messageOf } from "../entry-row.ts";
import { transaction } from "./transaction.ts";

type Head = LogState & { id: number };

/** The reader thread's calls for logs and history. */
export function logReader(db: DatabaseSync) {
	const entries = (rest: string) => {
		const statement = db.prepare(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE room_id = ? AND ${rest}`);
		statement.setReturnArrays(true);
		return (...values: number[]) => statement.all(...values) as unknown as EntryRow[];
	};
	const tailOf = entries("seq > ? ORDER BY seq");
	const entriesAfter = entries("seq > ? ORDER BY seq LIMIT ?");
	const messagesBefore = entries("seq < ? AND kind = 'message' ORDER BY seq DESC LIMIT ?");
	const messagesAfter = entries("seq > ? AND kind = 'message' ORDER BY seq LIMIT ?");
	const head = db.prepare("SELECT id, epoch, seq, floor FROM rooms WHERE name = ?");
	const headOf = (room: string) => head.get(room) as Head | undefined;

	return {
		/** Returns undefined if the room does not exist. */
		open(room: string, tail: number): (LogState & { entries: Entry[] }) | undefined {
			return transaction(db, "BEGIN", () => {
				const found = headOf(room);
				return found && { ...logOf(found), entries: tailOf(found.id, found.seq - tail).map(entryOf) };
			});
		},
		history(room: string, { before, after, limit }: { before?: number; after?: number; limit: number }): HistoryData {
			return transaction(db, "BEGIN", () => {
				const id = headOf(room)?.id;
				if (id === undefined) return { messages: [], more: false };
				// One extra row shows whether there are more.
				const rows =
					after === undefined
						? messagesBefore(id, before ?? Number.MAX_SAFE_INTEGER, limit + 1)
						: messagesAfter(id, after, limit + 1);
				const messages = rows.slice(0, limit).map(messageOf);
				return { messages: after === undefined ? messages.reverse() : messages, more: rows.length > limit };
			});
		},
		since(room: string, after: number, limit: number): SinceData & LogState {
			return transaction(db, "BEGIN", () => {
				const found = headOf(room);
				if (!found) return { entries: [], more: false, epoch: "", seq: 0, floor: 0 };
				const rows = entriesAfter(found.id, after, limit + 1);
				return { ...logOf(found), entries: rows.slice(0, limit).map(entryOf), more: rows.length > limit };
			});
		},
		heads(names: readonly string[]): Map<string, Pick<LogState, "epoch" | "seq">> {
			const found = names.map((name) => [name, headOf(name)] as const);
			return new Map(found.flatMap(([name, log]) => (log ? [[name, { epoch: log.epoch, seq: log.seq }]] : [])));
		},
	};
}

function logOf({ epoch, seq, floor }: Head): LogState {
	return { epoch, seq, floor };
}
