import type { SearchHit } from "../../protocol/search.ts";
import type { SearchRequest } from "../../room/ports/search.ts";
import { type Matched, matchOf } from "../../room/search/match.ts";
import type { SearchQuery } from "../../room/search/query.ts";
import type { TokenHashes } from "../token-hashes.ts";
import type { Connections } from "./connections.ts";
import { type CurrentRow, currentMessageOf, currentMessages } from "./messages.ts";

/** Messages that the index names at a time, and that one page reads from the log. */
const CANDIDATES = 100;
const MAX_CANDIDATES = 1_000;

const KEY = "SELECT value FROM hubbub.meta WHERE key = 'search_key'";
/** The open rooms named in $1, and the private rooms of the user $2. `first`: the first `seq` that they may read. */
const READABLE = `
	SELECT id, name, 0 AS first FROM hubbub.rooms WHERE kind = 'open' AND name = ANY ($1)
	UNION ALL
	SELECT room.id, room.name, CASE WHEN room.shows_history THEN 0 ELSE member.joined_seq END
	FROM hubbub.members AS member JOIN hubbub.rooms AS room ON room.id = member.room_id
	WHERE member.user_id = $2 AND room.name IS NOT NULL`;

/**
 * Candidates with what is compared of them. $1 has the open rooms, $2 the viewer, $3 the hashes, $4 to $6 the position of the
 * former candidate, $7 the named room. What the viewer may read is read again with each part of a page.
 */
const FOUND = `
	WITH readable AS (${READABLE}), found AS MATERIALIZED (
		SELECT search.room_id, search.seq, search.created_at, room.name
		FROM hubbub.search AS search
		JOIN readable AS room ON room.id = search.room_id AND search.seq >= room.first
		WHERE search.hashes @@ $3::tsquery AND ($7::text IS NULL OR room.name = $7)
			AND (search.created_at, search.room_id, search.seq) < ($4, $5, $6)
		ORDER BY search.created_at DESC, search.room_id DESC, search.seq DESC LIMIT ${CANDIDATES}
	)
	SELECT found.name, found.created_at, found.room_id, found.seq, entry.kind = 'message', entry.author_id,
		entry.author_name, coalesce(text.body, entry.body), entry.latitude IS NOT NULL, EXISTS (
			SELECT FROM hubbub.files AS file WHERE file.room_id = found.room_id AND file.seq = found.seq
		)
	FROM found
	LEFT JOIN hubbub.entries AS entry ON entry.room_id = found.room_id AND entry.seq = found.seq
	LEFT JOIN hubbub.message_states AS state ON state.room_id = found.room_id AND state.seq = found.seq
	LEFT JOIN hubbub.entries AS text ON text.room_id = state.room_id AND text.seq = state.text_seq
	ORDER BY found.created_at DESC, found.room_id DESC, found.seq DESC`;

/** The messages at the positions $1, as the viewer $2 reads them. One that was removed meanwhile is absent. */
const MESSAGES = `
	SELECT hit.at, message.*
	FROM jsonb_to_recordset($1) AS hit (at integer, room_id bigint, seq bigint)
	JOIN LATERAL (${currentMessages(
		`
		SELECT * FROM hubbub.entries AS entry
		WHERE entry.room_id = hit.room_id AND entry.seq = hit.seq AND entry.kind = 'message'`,
		"$2",
	)}) AS message ON true
	ORDER BY hit.at`;

type Position = [createdAt: number, roomId: number, seq: number];
type Row = [
	room: string,
	...position: Position,
	isMessage: boolean | null,
	authorId: string | null,
	authorName: string | null,
	body: string | null,
	isLocation: boolean,
	hasFiles: boolean,
];
/** A candidate that matches. */
type Found = { room: string; room_id: number; seq: number };

/** Returns the key of the hashes. */
export async function readSearchKey(connections: Connections): Promise<string> {
	return (await connections.query<[key: string]>(KEY, []))[0]![0];
}

export async function search(
	connections: Connections,
	hashes: TokenHashes,
	{ query, rooms, cursor, limit, viewer }: SearchRequest,
): Promise<{ hits: SearchHit[]; cursor?: string }> {
	const readable = await connections.query<[id: number, name: string]>(READABLE, [rooms, viewer]);
	const ids = readable.filter(([, name]) => query.room === undefined || name === query.room).map(([id]) => id);
	if (ids.length === 0) return { hits: [] };
	const inRooms = `(${ids.map((id) => quoted(hashes.ofRoom(id))).join(" | ")})`;
	const expression = [inRooms, ...hashes.ofQuery(query).map(quoted)].join(" & ");
	const found: Found[] = [];
	const hitsOfPage = () => readHits(connections, found, query, viewer);
	let before = positionOf(cursor);
	for (let read = 0; read < MAX_CANDIDATES; ) {
		const rows = await connections.query<Row>(FOUND, [rooms, viewer, expression, ...before, query.room ?? null]);
		for (const row of rows) {
			const [room, createdAt, room_id, seq] = row;
			before = [createdAt, room_id, seq];
			read++;
			const text = textOf(row);
			if (text && matchOf(text, query)) found.push({ room, room_id, seq });
			if (found.length === limit) return { hits: await hitsOfPage(), cursor: before.join(".") };
		}
		if (rows.length < CANDIDATES) return { hits: await hitsOfPage() };
	}
	return { hits: await hitsOfPage(), cursor: before.join(".") };
}

/** Returns what is compared of a candidate; undefined for a message that was removed. */
function textOf([, createdAt, , , isMessage, id, name, body, isLocation, hasFiles]: Row): Matched | undefined {
	if (!isMessage) return undefined;
	return {
		createdAt,
		author: { id: id ?? "", name: name ?? "" },
		body: body ?? undefined,
		...(isLocation && { location: true }),
		...(hasFiles && { files: [] }),
	};
}

/** Reads messages with their reactions. Each is compared again: its text may have been edited meanwhile. */
async function readHits(
	connections: Connections,
	found: readonly Found[],
	query: SearchQuery,
	viewer: string,
): Promise<SearchHit[]> {
	if (found.length === 0) return [];
	const places = JSON.stringify(found.map(({ room_id, seq }, at) => ({ at, room_id, seq })));
	const rows = await connections.query<[at: number, ...message: CurrentRow]>(MESSAGES, [places, viewer]);
	return rows.flatMap(([at, ...row]) => {
		const message = currentMessageOf(row);
		const ranges = matchOf(message, query);
		return ranges ? [{ room: found[at]!.room, message, ranges }] : [];
	});
}

function positionOf(cursor: string | undefined): Position {
	const [createdAt = Number.MAX_SAFE_INTEGER, roomId = 0, seq = 0] = cursor?.split(".").map(Number) ?? [];
	return [createdAt, roomId, seq];
}

function quoted(hash: string): string {
	return `'${hash}'`;
}
