import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Message } from "../../protocol/message.ts";
import type { SearchHit } from "../../protocol/search.ts";
import type { SearchRequest } from "../../room/ports/search.ts";
import { type Matched, matchOf } from "../../room/search/match.ts";
import type { MessageRow } from "../entry-row.ts";
import { TokenHashes } from "../token-hashes.ts";
import { openReader } from "./connection.ts";
import { MESSAGE_COLUMNS_OF_ENTRY } from "./files.ts";
import { isDamage } from "./is-damage.ts";
import { messageReader } from "./messages.ts";
import { reactionReader } from "./reactions.ts";
import { deleteSearchFile, openSearchFile } from "./search-file.ts";
import { searchIndexer } from "./search-indexer.ts";
import { transaction } from "./transaction.ts";

/** Messages that the index names at a time, and that one page reads from the log. */
const CANDIDATES = 100;
const MAX_CANDIDATES = 1_000;

/** The open rooms named in $rooms, and the private rooms of $viewer. `first`: the first `seq` that the viewer may read. */
const READABLE = `
	SELECT id, name, 0 AS first FROM rooms
	WHERE kind = 'open' AND name IN (SELECT value FROM json_each($rooms))
	UNION ALL
	SELECT room.id, room.name, CASE WHEN room.shows_history THEN 0 ELSE member.joined_seq END
	FROM members AS member JOIN rooms AS room ON room.id = member.room_id
	WHERE member.user_id = $viewer AND room.name IS NOT NULL`;

type TextRow = [
	id: number,
	roomId: number,
	seq: number,
	createdAt: number,
	authorId: string | null,
	authorName: string | null,
	body: string | null,
	isLocation: 0 | 1,
	hasFiles: 0 | 1,
];
/** What is compared of a candidate. Reactions and the rest are read of hits only. */
type Text = Matched & { roomId: number; seq: number };
type Readable = { id: number; name: string; first: number };

/** The calls of the search thread, which reads the database and has the index for itself. A damaged index is created again. */
export function searchCalls(path: string) {
	let opened = openSearch(path);
	const orAgain = <T>(call: (index: ReturnType<typeof openSearch>) => T): T => {
		try {
			return call(opened);
		} catch (error) {
			if (!isDamage(error)) throw error;
			opened.close();
			deleteSearchFile(path);
			opened = openSearch(path);
			return call(opened);
		}
	};
	return {
		search: (request: SearchRequest) => orAgain((index) => index.search(request)),
		indexStep: () => orAgain((index) => index.indexStep()),
		sweepIndex: (after: number) => orAgain((index) => index.sweepIndex(after)),
		clearIndex: () => orAgain((index) => index.clearIndex()),
		close: () => opened.close(),
	};
}

export type SearchCalls = ReturnType<typeof searchCalls>;

function openSearch(path: string) {
	const db = openReader(path);
	const key = String(db.prepare("SELECT value FROM meta WHERE key = 'search_key'").get()?.value);
	const index = openSearchFile(path, createHash("sha256").update(key).digest("hex"));
	const hashes = new TokenHashes(key);
	const { candidates, readable, textsOf, messageAt } = searchReader(db, index);
	const { stop, ...indexer } = searchIndexer(db, index, hashes);

	function find({ query, rooms, cursor, limit, viewer }: SearchRequest): { hits: SearchHit[]; cursor?: string } {
		const found = readable(rooms, viewer).filter(({ name }) => query.room === undefined || name === query.room);
		const byId = new Map(found.map((room) => [room.id, room]));
		if (byId.size === 0) return { hits: [] };
		const inRooms = [...byId.keys()].map((id) => quoted(hashes.ofRoom(id))).join(" OR ");
		const expression = [...hashes.ofQuery(query).map(quoted), `(${inRooms})`].join(" AND ");
		const hits: SearchHit[] = [];
		let before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
		for (const ids of candidates(expression, before)) {
			const texts = textsOf(ids);
			for (const id of ids) {
				before = id;
				const found = texts.get(id);
				const room = found ? byId.get(found.roomId) : undefined;
				const ranges = found && room && found.seq >= room.first ? matchOf(found, query) : undefined;
				if (ranges) hits.push({ room: room!.name, message: messageAt(id, viewer), ranges });
				if (hits.length === limit) return { hits, cursor: String(before) };
			}
			if (ids.length < CANDIDATES) return { hits };
		}
		return { hits, cursor: String(before) };
	}

	return {
		...indexer,
		/** Membership and messages are of one moment: that of the first read. */
		search: (request: SearchRequest) => transaction(db, "BEGIN", () => find(request)),
		close() {
			stop();
			index.close();
			db.close();
		},
	};
}

function searchReader(db: DatabaseSync, index: DatabaseSync) {
	const rooms = db.prepare(READABLE);
	const candidates = index.prepare(
		"SELECT rowid AS id FROM messages WHERE messages MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
	);
	// In this order: otherwise SQLite reads all entries.
	const texts = db.prepare(`
		SELECT entry.id, entry.room_id, entry.seq, entry.created_at, entry.author_id, entry.author_name,
			coalesce(text.body, entry.body), entry.latitude IS NOT NULL,
			EXISTS (SELECT 1 FROM files AS file WHERE file.room_id = entry.room_id AND file.seq = entry.seq)
		FROM json_each(?) AS page
		CROSS JOIN entries AS entry ON entry.id = page.value AND entry.kind = 'message'
		LEFT JOIN message_states AS state ON state.room_id = entry.room_id AND state.seq = entry.seq
		LEFT JOIN entries AS text ON text.room_id = state.room_id AND text.seq = state.text_seq
	`);
	const row = db.prepare(`SELECT entry.room_id, ${MESSAGE_COLUMNS_OF_ENTRY} FROM entries AS entry WHERE entry.id = ?`);
	texts.setReturnArrays(true);
	row.setReturnArrays(true);
	const { messagesOf } = messageReader(db, reactionReader(db));

	return {
		readable: (names: readonly string[], viewer: string) =>
			rooms.all({ rooms: JSON.stringify(names), viewer }) as unknown as Readable[],
		/** Yields what the index names, some at a time, as far as one page reads. The last part is shorter if there is no more. */
		*candidates(expression: string, before: number): Generator<number[]> {
			let ids: number[] = [];
			let read = 0;
			for (const { id } of candidates.iterate(expression, before, MAX_CANDIDATES)) {
				read++;
				if (ids.push(Number(id)) < CANDIDATES) continue;
				yield ids;
				ids = [];
			}
			if (read < MAX_CANDIDATES) yield ids;
		},
		/** Returns what is compared of the messages of these entries, in their current state. */
		textsOf(ids: readonly number[]): Map<number, Text> {
			const rows = texts.all(JSON.stringify(ids)) as unknown as TextRow[];
			return new Map(rows.map((row) => [row[0], textOf(row)]));
		},
		/** Returns the message of an entry, which is one, in its current state. */
		messageAt(id: number, viewer: string): Message {
			const [roomId, ...message] = row.get(id) as unknown as [roomId: number, ...MessageRow];
			return messagesOf(roomId, [message], viewer)[0]!;
		},
	};
}

function textOf([, roomId, seq, createdAt, authorId, name, body, isLocation, hasFiles]: TextRow): Text {
	return {
		roomId,
		seq,
		createdAt,
		author: { id: authorId ?? "", name: name ?? "" },
		body: body ?? undefined,
		...(isLocation && { location: true }),
		...(hasFiles && { files: [] }),
	};
}

/** A hash may look like a number, or like an operator. */
function quoted(hash: string): string {
	return `"${hash}"`;
}
