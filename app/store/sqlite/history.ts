import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { LogState, MessagePage } from "../../room/ports/log.ts";
import type { MessageRow } from "../entry-row.ts";
import { MESSAGE_COLUMNS_OF_ENTRY } from "./files.ts";

const COLUMNS = MESSAGE_COLUMNS_OF_ENTRY;

const ORDERS = {
	before: { beyond: "<", order: "DESC" },
	after: { beyond: ">", order: "ASC" },
} as const;
type Direction = keyof typeof ORDERS;

/** SQL for messages on one side of `$edge`, nearest first. */
function plain(direction: Direction): string {
	const { beyond, order } = ORDERS[direction];
	return `
		SELECT ${COLUMNS} FROM entries AS entry
		WHERE room_id = $room AND seq ${beyond} $edge AND kind = 'message'
		ORDER BY seq ${order} LIMIT $limit`;
}

/** The messages of the thread `$root`: itself and the replies. */
function ofThread(direction: Direction): string {
	const { beyond, order } = ORDERS[direction];
	return `
		SELECT ${COLUMNS} FROM entries AS entry
		WHERE room_id = $room AND root = $root AND seq ${beyond} $edge AND kind = 'message'
		UNION ALL
		SELECT ${COLUMNS} FROM entries AS entry
		WHERE room_id = $room AND seq = $root AND seq ${beyond} $edge AND kind = 'message'
		ORDER BY seq ${order} LIMIT $limit`;
}

/** The pinned messages, or those of the thread `$root`. */
function pinned(direction: Direction): string {
	const { beyond, order } = ORDERS[direction];
	return `
		SELECT ${COLUMNS} FROM message_states AS state INDEXED BY message_states_pinned
		JOIN entries AS entry ON entry.room_id = state.room_id AND entry.seq = state.seq
		WHERE state.room_id = $room AND state.seq ${beyond} $edge AND state.pinned IS NOT NULL
			AND ($root IS NULL OR $root IN (entry.seq, entry.root))
		ORDER BY state.seq ${order} LIMIT $limit`;
}

/** Functions that read the rows of pages of messages. */
export function historyReader(db: DatabaseSync) {
	const reading = (sql: string) => {
		const statement = db.prepare(sql);
		statement.setReturnArrays(true);
		return (values: Record<string, SQLInputValue>) => statement.all(values) as unknown as MessageRow[];
	};
	const inBothDirections = (source: (direction: Direction) => string) => ({
		before: reading(source("before")),
		after: reading(source("after")),
	});
	const all = inBothDirections(plain);
	const thread = inBothDirections(ofThread);
	const pins = inBothDirections(pinned);
	const createdAt = db.prepare("SELECT created_at FROM entries WHERE room_id = ? AND seq = ?");

	return {
		/** Returns a page's rows from its edge on: ascending with `after`, otherwise descending. */
		rowsOfPage(room: number, { before, after, root, pinned, limit }: MessagePage): MessageRow[] {
			const direction = after === undefined ? "before" : "after";
			const edge = after ?? before ?? Number.MAX_SAFE_INTEGER;
			if (pinned) return pins[direction]({ room, edge, limit, root: root ?? null });
			return root === undefined
				? all[direction]({ room, edge, limit })
				: thread[direction]({ room, edge, limit, root });
		},
		/** Returns the messages before a `seq`, descending. */
		earlierThan: (room: number, edge: number, limit: number) => all.before({ room, edge, limit }),
		/** Returns the messages after a `seq`, ascending. */
		laterThan: (room: number, edge: number, limit: number) => all.after({ room, edge, limit }),
		/**
		 * Returns the `seq` of the first entry at or after a time, or a `seq` after the last one. The times of a log nearly
		 * ascend: clocks are set, and differ between machines.
		 */
		seqAt({ id, seq, floor }: LogState & { id: number }, at: number): number {
			let [first, end] = [floor + 1, seq + 1];
			while (first < end) {
				const middle = Math.floor((first + end) / 2);
				if (Number(createdAt.get(id, middle)?.created_at) >= at) end = middle;
				else first = middle + 1;
			}
			return first;
		},
	};
}
