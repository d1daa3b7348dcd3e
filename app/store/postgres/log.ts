import type { SinceData } from "../../protocol/log.ts";
import type { LogState, OpenedLog } from "../../room/ports/log.ts";
import { type EntryRow, entryOf, kindOf, MESSAGE_COLUMNS } from "../entry-row.ts";
import type { Connections } from "./connections.ts";
import { FILES_OF_ENTRY } from "./files.ts";
import { CURRENT_COLUMNS, type CurrentRow, currentMessageOf, currentMessages } from "./messages.ts";

/** The state of a room's log with one entry, or with nulls if there are none. */
type Row = [epoch: string, seq: number, floor: number, ...EntryRow];
type TailRow = [epoch: string, seq: number, floor: number, more: boolean | null, ...EntryRow];
/** The state of a room's log with one entry or one message, or with nulls if there are none. */
type OpenRow = [
	epoch: string,
	seq: number,
	floor: number,
	part: "entry" | "message" | null,
	kind: string,
	target: number | null,
	emoji: string | null,
	isOn: boolean | null,
	...message: CurrentRow,
];

const LOG_COLUMNS = 3;

/** The text of a message that was edited is in the edit. */
const currentText = (column: "body" | "mentions") => `
	CASE
		WHEN entry.kind = 'message' AND entry.body IS NULL AND entry.latitude IS NULL THEN (
			SELECT text.${column}
			FROM hubbub.message_states AS state
			JOIN hubbub.entries AS text ON text.room_id = state.room_id AND text.seq = state.text_seq
			WHERE state.room_id = entry.room_id AND state.seq = entry.seq
		)
		ELSE entry.${column}
	END AS ${column}`;

const COLUMNS = MESSAGE_COLUMNS.map((column) => {
	if (column === "files") return FILES_OF_ENTRY;
	return column === "body" || column === "mentions" ? currentText(column) : column;
}).join(", ");

/** SQL for up to $3 entries of `room`, after a `seq`. */
const entriesAfter = (seq: string) => `
	SELECT ${kindOf("hubbub.entries")}, target, emoji, is_on, ${COLUMNS}
	FROM hubbub.entries AS entry
	WHERE room_id = room.id AND seq > ${seq}
	ORDER BY seq LIMIT $3`;

/** Reads a room and some of its entries in one snapshot. No rows if the room does not exist. */
const AFTER = `
	SELECT room.epoch, room.seq, room.floor, entry.*
	FROM hubbub.rooms AS room
	LEFT JOIN LATERAL (${entriesAfter("$2")}) AS entry ON true
	WHERE room.name = $1
	ORDER BY entry.seq`;

/**
 * Reads a room with its last $2 entries in one snapshot, and whether it has messages. It is apart from {@link OPEN}, which
 * PostgreSQL takes several times as long to plan.
 */
const TAIL = `
	SELECT room.epoch, room.seq, room.floor,
		(SELECT true FROM hubbub.entries WHERE room_id = room.id AND kind = 'message' LIMIT 1) AS more, entry.*
	FROM hubbub.rooms AS room
	LEFT JOIN LATERAL (${entriesAfter("room.seq - $2::bigint")}) AS entry ON true
	WHERE room.name = $1
	ORDER BY entry.seq`;

const NEWEST = `
	SELECT * FROM hubbub.entries
	WHERE room_id = room.id AND kind = 'message'
	ORDER BY seq DESC LIMIT $4`;

const STATE_COLUMNS = CURRENT_COLUMNS.slice(MESSAGE_COLUMNS.length);

/** Reads a room with its last $2 entries and its newest $4 messages in one snapshot. */
const OPEN = `
	SELECT room.epoch, room.seq, room.floor, row.*
	FROM hubbub.rooms AS room
	LEFT JOIN LATERAL (
		SELECT 'entry' AS part, kind, target, emoji, is_on, ${MESSAGE_COLUMNS.join(", ")},
			NULL::bigint AS rev, NULL::bigint AS edited_at, NULL::bigint AS replies, NULL::bigint AS pinned,
			NULL::jsonb AS reactions
		FROM (${entriesAfter("room.seq - $2::bigint")}) AS entry
		UNION ALL
		SELECT 'message', NULL, NULL, NULL, NULL, ${[...MESSAGE_COLUMNS, ...STATE_COLUMNS].join(", ")}
		FROM (${currentMessages(NEWEST, "NULL")}) AS message
	) AS row ON true
	WHERE room.name = $1
	ORDER BY row.seq`;

/** Returns undefined if the room does not exist. */
export async function readLog(
	connections: Connections,
	room: string,
	tail: number,
	messages: number,
): Promise<OpenedLog | undefined> {
	if (messages === 0) return readTail(connections, room, tail);
	// One extra message shows whether there are more.
	const rows = await connections.query<OpenRow>(OPEN, [room, tail, tail, messages + 1]);
	if (!rows[0]) return;
	const newest = rows.filter(([, , , part]) => part === "message").map(messageOf);
	return {
		...logOf(rows[0]),
		entries: rows.filter(([, , , part]) => part === "entry").map(entryOfOpened),
		messages: newest.slice(Math.max(0, newest.length - messages)),
		more: newest.length > messages,
	};
}

async function readTail(connections: Connections, room: string, tail: number): Promise<OpenedLog | undefined> {
	const rows = await connections.query<TailRow>(TAIL, [room, tail, tail]);
	if (!rows[0]) return;
	const [epoch, seq, floor, more] = rows[0];
	const entries = rows.map(([, , , , ...entry]) => entry).filter(([kind]) => kind !== null);
	return { epoch, seq, floor, entries: entries.map(entryOf), messages: [], more: more === true };
}

export async function readSince(
	connections: Connections,
	room: string,
	after: number,
	limit: number,
): Promise<SinceData & LogState> {
	const rows = await connections.query<Row>(AFTER, [room, after, limit + 1]);
	if (!rows[0]) return { entries: [], more: false, epoch: "", seq: 0, floor: 0 };
	const found = rows.map((row) => row.slice(LOG_COLUMNS) as EntryRow).filter(([kind]) => kind !== null);
	return { ...logOf(rows[0]), entries: found.slice(0, limit).map(entryOf), more: found.length > limit };
}

export async function readHeads(connections: Connections, names: readonly string[]) {
	const rows = await connections.query<[name: string, epoch: string, seq: number]>(
		"SELECT name, epoch, seq FROM hubbub.rooms WHERE name = ANY($1)",
		[names],
	);
	return new Map(rows.map(([name, epoch, seq]) => [name, { epoch, seq }]));
}

function logOf([epoch, seq, floor]: Row | OpenRow): LogState {
	return { epoch, seq, floor };
}

function entryOfOpened([, , , , kind, target, emoji, isOn, ...message]: OpenRow) {
	return entryOf([kind, target, emoji, isOn, ...message.slice(0, MESSAGE_COLUMNS.length)] as EntryRow);
}

function messageOf([, , , , , , , , ...message]: OpenRow) {
	return currentMessageOf(message);
}
