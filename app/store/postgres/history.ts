import type { AroundData, HistoryData, HistoryFilter } from "../../protocol/message.ts";
import type { MessagePage, MessagesAround } from "../../room/ports/log.ts";
import { rowsAround } from "../around.ts";
import type { Connections } from "./connections.ts";
import { type CurrentRow, currentMessageOf, currentMessages } from "./messages.ts";

/** The head of a room's log with one message, or with nulls if there are none. */
type Row = [head: number, ...CurrentRow];
type AroundRow = [head: number, isLater: boolean | null, ...CurrentRow];

const ORDERS = {
	before: { beyond: "<", order: "DESC" },
	after: { beyond: ">", order: "ASC" },
} as const;
type Direction = keyof typeof ORDERS;

/** Returns SQL that reads a room's head and the messages that `entries` selects in one snapshot: $1 is the room, $4 the viewer. */
function roomWith(entries: string, order: "ASC" | "DESC"): string {
	return `
		SELECT room.seq, message.*
		FROM hubbub.rooms AS room
		LEFT JOIN LATERAL (${currentMessages(entries, "$4")}) AS message ON true
		WHERE room.name = $1
		ORDER BY message.seq ${order}`;
}

/** SQL for up to $3 messages on one side of $2, nearest first. */
function plain(direction: Direction): string {
	const { beyond, order } = ORDERS[direction];
	return `
		SELECT * FROM hubbub.entries
		WHERE room_id = room.id AND seq ${beyond} $2 AND kind = 'message'
		ORDER BY seq ${order} LIMIT $3`;
}

/** The messages of the thread $5: itself and the replies. */
function ofThread(direction: Direction): string {
	const { beyond, order } = ORDERS[direction];
	return `
		SELECT * FROM (
			(
				SELECT * FROM hubbub.entries
				WHERE room_id = room.id AND root = $5 AND seq ${beyond} $2 AND kind = 'message'
				ORDER BY seq ${order} LIMIT $3
			)
			UNION ALL
			SELECT * FROM hubbub.entries
			WHERE room_id = room.id AND seq = $5 AND seq ${beyond} $2 AND kind = 'message'
		) AS thread
		ORDER BY seq ${order} LIMIT $3`;
}

/** The pinned messages, or those of the thread $5 unless it is 0. */
function pinned(direction: Direction): string {
	const { beyond, order } = ORDERS[direction];
	return `
		SELECT pin.* FROM hubbub.message_states AS state
		JOIN hubbub.entries AS pin ON pin.room_id = state.room_id AND pin.seq = state.seq
		WHERE state.room_id = room.id AND state.seq ${beyond} $2 AND state.pinned IS NOT NULL
			AND ($5::bigint = 0 OR $5 IN (pin.seq, pin.root))
		ORDER BY state.seq ${order} LIMIT $3`;
}

const inBothDirections = (source: (direction: Direction) => string) => ({
	before: roomWith(source("before"), ORDERS.before.order),
	after: roomWith(source("after"), ORDERS.after.order),
});
const ALL = inBothDirections(plain);
const THREAD = inBothDirections(ofThread);
const PINNED = inBothDirections(pinned);

/** Messages on both sides of the `seq` $2, or of the time $5 unless it is null. */
const AROUND = `
	SELECT room.seq, message.*
	FROM hubbub.rooms AS room
	CROSS JOIN LATERAL (
		SELECT CASE WHEN $5::bigint IS NULL THEN $2::bigint ELSE hubbub.seq_at(room.id, room.floor, room.seq, $5) END AS seq
	) AS target
	LEFT JOIN LATERAL (
		SELECT false AS is_later, earlier.* FROM (${currentMessages(sideOf("<", "DESC"), "$4")}) AS earlier
		UNION ALL
		SELECT true AS is_later, later.* FROM (${currentMessages(sideOf(">=", "ASC"), "$4")}) AS later
	) AS message ON true
	WHERE room.name = $1
	ORDER BY message.seq`;

function sideOf(beyond: "<" | ">=", order: "ASC" | "DESC"): string {
	return `
		SELECT * FROM hubbub.entries
		WHERE room_id = room.id AND seq ${beyond} target.seq AND kind = 'message'
		ORDER BY seq ${order} LIMIT $3`;
}

export async function readHistory(connections: Connections, room: string, page: MessagePage): Promise<HistoryData> {
	const { before, after, limit, viewer = "" } = page;
	const direction = after === undefined ? "before" : "after";
	const edge = after ?? before ?? Number.MAX_SAFE_INTEGER;
	const [statement, rest] = statementFor(direction, page);
	// One extra row shows whether there are more.
	const rows = await connections.query<Row>(statement, [room, edge, limit + 1, viewer, ...rest]);
	const found = rows.map(([, ...message]) => message).filter(([seq]) => seq !== null);
	const messages = found.slice(0, limit).map(currentMessageOf);
	return {
		messages: after === undefined ? messages.reverse() : messages,
		more: found.length > limit,
		seq: rows[0]?.[0] ?? 0,
	};
}

function statementFor(direction: Direction, { root, pinned }: HistoryFilter): [statement: string, rest: number[]] {
	if (pinned) return [PINNED[direction], [root ?? 0]];
	return root === undefined ? [ALL[direction], []] : [THREAD[direction], [root]];
}

export async function readAround(connections: Connections, room: string, around: MessagesAround): Promise<AroundData> {
	const { limit, viewer = "" } = around;
	const [seq, at] = "at" in around ? [0, around.at] : [around.seq, null];
	const rows = await connections.query<AroundRow>(AROUND, [room, seq, limit + 1, viewer, at]);
	const side = (isLater: boolean) => rows.filter((row) => row[1] === isLater).map(([, , ...message]) => message);
	const { rows: found, ...more } = rowsAround(side(false).reverse(), side(true), limit);
	return { messages: found.map(currentMessageOf), ...more, seq: rows[0]?.[0] ?? 0 };
}
