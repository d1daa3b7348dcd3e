import type { DatabaseSync } from "node:sqlite";
import type { TokenHashes } from "../token-hashes.ts";
import { indexEraser } from "./search-eraser.ts";
import { execute } from "./search-file.ts";
import { transaction } from "./transaction.ts";

/** Entries of one transaction: a search waits for it. */
const STEP_ENTRIES = 1_000;
/** Rooms that one step compares with their places. */
const STEP_ROOMS = 1_000;

type Room = { id: number; epoch: string; seq: number; floor: number };

/** An entry, as an array: half the time of an object is enough for it. */
type Row = [
	id: number,
	seq: number,
	kind: string,
	target: number | null,
	authorId: string | null,
	authorName: string | null,
	body: string | null,
	isLocation: 0 | 1,
];

/** The calls of the search thread that keep the index. They follow the log of each room. */
export function searchIndexer(db: DatabaseSync, index: DatabaseSync, hashes: TokenHashes) {
	const rooms = db.prepare(
		"SELECT id, epoch, seq, floor FROM rooms WHERE id >= ? AND name IS NOT NULL ORDER BY id LIMIT ?",
	);
	const entries = db.prepare(`
		SELECT id, seq, kind, target, author_id, author_name, body, latitude IS NOT NULL
		FROM entries WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?
	`);
	entries.setReturnArrays(true);
	const anyFile = db.prepare("SELECT 1 FROM files WHERE room_id = ? AND seq IS NOT NULL LIMIT 1");
	const fileOf = db.prepare("SELECT 1 FROM files WHERE room_id = ? AND seq = ? LIMIT 1");
	const messageId = db.prepare("SELECT id FROM entries WHERE room_id = ? AND seq = ? AND kind = 'message'");
	const entryId = db.prepare("SELECT id FROM entries WHERE room_id = ? AND seq = ?");
	const exists = db.prepare("SELECT 1 FROM entries WHERE id = ? AND kind = 'message'");
	const placeIn = index.prepare("SELECT seq FROM followers WHERE name = 'search' AND room_id = ? AND epoch = ?");
	const setPlace = index.prepare(`
		INSERT INTO followers (name, room_id, epoch, seq) VALUES ('search', ?, ?, ?)
		ON CONFLICT (name, room_id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq
	`);
	const indexed = index.prepare("SELECT rowid AS id FROM messages WHERE rowid > ? ORDER BY rowid LIMIT ?");
	const eraser = indexEraser(index);
	const insert = index.prepare("INSERT OR REPLACE INTO messages (rowid, hashes) VALUES (?, ?)");
	const remove = index.prepare("DELETE FROM messages WHERE rowid = ?");
	const isIndexed = index.prepare("SELECT 1 FROM messages WHERE rowid = ?");

	/** The id of the room with which the next step continues. */
	let from = 0;

	function drop(id: number): void {
		if (!isIndexed.get(id)) return;
		execute(remove, id);
		eraser.dropped();
	}

	/** Indexes a message with the text of `row`, which is its entry or that of an edit. */
	function putMessage(roomId: number, id: number, row: Row, hasFiles: boolean): void {
		const [, , , , authorId, authorName, body, isLocation] = row;
		if (authorId === null || authorName === null) return;
		const content = {
			...(body !== null && { body }),
			...(isLocation && { location: true }),
			...(hasFiles && { files: [] }),
		};
		execute(insert, id, hashes.ofMessage({ roomId, author: { id: authorId, name: authorName }, ...content }));
	}

	/** `isFiled`: whether any message of the room has files. */
	function apply(roomId: number, row: Row, isFiled: boolean): void {
		const [id, seq, kind, target] = row;
		const hasFiles = () => isFiled && fileOf.get(roomId, target ?? seq) !== undefined;
		if (kind === "message") putMessage(roomId, id, row, hasFiles());
		else if (kind === "edit") {
			const message = messageId.get(roomId, target);
			if (!message) return;
			drop(Number(message.id));
			putMessage(roomId, Number(message.id), row, hasFiles());
		} else if (kind === "removal") {
			const message = entryId.get(roomId, target);
			if (message) drop(Number(message.id));
		}
	}

	/** Indexes up to `limit` entries of a room. Returns their number. */
	function indexRoom({ id, epoch, seq, floor }: Room, limit: number): number {
		const after = Math.max(floor, Number(placeIn.get(id, epoch)?.seq ?? 0));
		if (seq <= after) return 0;
		const rows = entries.all(id, after, limit) as unknown as Row[];
		const isFiled = anyFile.get(id) !== undefined;
		for (const row of rows) apply(id, row, isFiled);
		if (rows.length > 0) execute(setPlace, id, epoch, rows.at(-1)![1]);
		return rows.length;
	}

	return {
		/** Indexes entries of the rooms, one after the other. */
		indexStep(): { indexed: number; more: boolean } {
			return transaction(index, "BEGIN IMMEDIATE", () => {
				let indexed = 0;
				const some = rooms.all(from, STEP_ROOMS) as unknown as Room[];
				for (const room of some) {
					indexed += indexRoom(room, STEP_ENTRIES - indexed);
					from = room.id;
					if (indexed === STEP_ENTRIES) return { indexed, more: true };
				}
				const more = some.length === STEP_ROOMS;
				from = more ? from + 1 : 0;
				return { indexed, more };
			});
		},
		/** Drops the messages that are not in the database any more. Returns the rowid to continue after, if there are more. */
		sweepIndex(after: number): number | undefined {
			return transaction(index, "BEGIN IMMEDIATE", () => {
				const ids = indexed.all(after, STEP_ENTRIES).map(({ id }) => Number(id));
				for (const id of ids) if (!exists.get(id)) drop(id);
				return ids.length === STEP_ENTRIES ? ids.at(-1) : undefined;
			});
		},
		clearIndex(): void {
			index.exec("INSERT INTO messages (messages) VALUES ('delete-all'); DELETE FROM followers");
			from = 0;
			eraser.dropped();
		},
		stop: eraser.stop,
	};
}
