import type { Entry, SinceData } from "../../protocol/log.ts";
import type { HistoryData } from "../../protocol/message.ts";
import type { LogState } from "../../room/ports/log.ts";
import { ENTRY_COLUMNS, type EntryRow, entryOf, messageOf } from "../entry-row.ts";
import type { Connections } from "./connections.ts";

/** The state of a room's log with one entry, or with nulls if there are none. */
type Row = [epoch: string, seq: number, floor: number, ...EntryRow];

const LOG_COLUMNS = 3;

/** Returns SQL that reads a room and some of its entries in one snapshot. No rows if the room does not exist. */
function roomWith(rest: string, order: "ASC" | "DESC" = "ASC"): string {
	return `
		SELECT room.epoch, room.seq, room.floor, entry.*
		FROM hubbub.rooms AS room
		LEFT JOIN LATERAL (
			SELECT ${ENTRY_COLUMNS} FROM hubbub.entries
			WHERE room_id = room.id AND ${rest}
			ORDER BY seq ${order} LIMIT $3
		) AS entry ON true
		WHERE room.name = $1
		ORDER BY entry.seq ${order}`;
}

const TAIL = roomWith("seq > room.seq - $2::bigint");
const AFTER = roomWith("seq > $2");
const MESSAGES_AFTER = roomWith("seq > $2 AND kind = 'message'");
const MESSAGES_BEFORE = roomWith("seq < $2 AND kind = 'message'", "DESC");

/** Returns undefined if the room does not exist. */
export async function readTail(
	connections: Connections,
	room: string,
	tail: number,
): Promise<(LogState & { entries: Entry[] }) | undefined> {
	const rows = await connections.query<Row>(TAIL, [room, tail, tail]);
	return rows[0] && { ...logOf(rows[0]), entries: entriesOf(rows).map(entryOf) };
}

export async function readHistory(
	connections: Connections,
	room: string,
	{ before = Number.MAX_SAFE_INTEGER, after, limit }: { before?: number; after?: number; limit: number },
): Promise<HistoryData> {
	// One extra row shows whether there are more.
	const rows =
		after === undefined
			? await connections.query<Row>(MESSAGES_BEFORE, [room, before, limit + 1])
			: await connections.query<Row>(MESSAGES_AFTER, [room, after, limit + 1]);
	const found = entriesOf(rows);
	const messages = found.slice(0, limit).map(messageOf);
	return { messages: after === undefined ? messages.reverse() : messages, more: found.length > limit };
}

export async function readSince(
	connections: Connections,
	room: string,
	after: number,
	limit: number,
): Promise<SinceData & LogState> {
	const rows = await connections.query<Row>(AFTER, [room, after, limit + 1]);
	if (!rows[0]) return { entries: [], more: false, epoch: "", seq: 0, floor: 0 };
	const found = entriesOf(rows);
	return { ...logOf(rows[0]), entries: found.slice(0, limit).map(entryOf), more: found.length > limit };
}

export async function readHeads(connections: Connections, names: readonly string[]) {
	const rows = await connections.query<[name: string, epoch: string, seq: number]>(
		"SELECT name, epoch, seq FROM hubbub.rooms WHERE name = ANY($1)",
		[names],
	);
	return new Map(rows.map(([name, epoch, seq]) => [name, { epoch, seq }]));
}

function logOf([epoch, seq, floor]: Row): LogState {
	return { epoch, seq, floor };
}

function entriesOf(rows: Row[]): EntryRow[] {
	return rows.map((row) => row.slice(LOG_COLUMNS) as EntryRow).filter(([seq]) => seq !== null);
}
