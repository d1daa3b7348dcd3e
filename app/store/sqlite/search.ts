import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { SearchHit } from "../../protocol/search.ts";
import type { SearchRequest } from "../../room/ports/search.ts";
import { matchOf } from "../../room/search/match.ts";
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
	const { candidates, readable, messageAt } = searchReader(db, index);
	const { stop, ...indexer } = searchIndexer(db, index, hashes);

	function find({ query, rooms, cursor, limit, viewer }: SearchRequest): { hits: SearchHit[]; cursor?: string } {
		const found = readable(rooms, viewer).filter(({ name }) => query.room === undefined || name === query.room);
		const byId = new Map(found.map((room) => [room.id, room]));
		if (byId.size === 0) return { hits: [] };
		const inRooms = [...byId.keys()].map((id) => quoted(hashes.ofRoom(id))).join(" OR ");
		const expression = [...hashes.ofQuery(query).map(quoted), `(${inRooms})`].join(" AND ");
		const hits: SearchHit[] = [];
		let before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
		for (let read = 0; read < MAX_CANDIDATES; ) {
			const ids = candidates(expression, before, CANDIDATES);
			for (const id of ids) {
				before = id;
				read++;
				const { roomId, message } = messageAt(id, viewer) ?? {};
				const room = roomId === undefined ? undefined : byId.get(roomId);
				const ranges = room && message!.seq >= room.first ? matchOf(message!, query) : undefined;
				if (ranges) hits.push({ room: room!.name, message: message!, ranges });
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
	const row = db.prepare(`
		SELECT entry.room_id, ${MESSAGE_COLUMNS_OF_ENTRY} FROM entries AS entry WHERE entry.id = ? AND entry.kind = 'message'
	`);
	row.setReturnArrays(true);
	const { messagesOf } = messageReader(db, reactionReader(db));

	return {
		readable: (names: readonly string[], viewer: string) =>
			rooms.all({ rooms: JSON.stringify(names), viewer }) as unknown as Readable[],
		candidates: (expression: string, before: number, limit: number) =>
			candidates.all(expression, before, limit).map(({ id }) => Number(id)),
		/** Returns the message of an entry in its current state. */
		messageAt(id: number, viewer: string) {
			const found = row.get(id) as unknown as [roomId: number, ...MessageRow] | undefined;
			if (!found) return undefined;
			const [roomId, ...message] = found;
			return { roomId, message: messagesOf(roomId, [message], viewer)[0]! };
		},
	};
}

/** A hash may look like a number, or like an operator. */
function quoted(hash: string): string {
	return `"${hash}"`;
}
