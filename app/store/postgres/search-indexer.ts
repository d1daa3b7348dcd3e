import type { PoolClient } from "pg";
import type { TokenHashes } from "../token-hashes.ts";
import type { Connections } from "./connections.ts";
import { failureOf } from "./failure.ts";

/** "HubS" in ASCII: the advisory lock of the process that indexes. */
const INDEX_LOCK = 0x48756253;
/** Entries of one transaction. Their words are hashed in the process of the chat, which must not wait for long. */
const STEP_ENTRIES = 200;

/** A room with entries that are not indexed. */
const NEXT_ROOM = `
	SELECT room.id, greatest(coalesce(follower.seq, 0), room.floor)
	FROM hubbub.rooms AS room
	LEFT JOIN hubbub.followers AS follower ON follower.room_id = room.id AND follower.name = 'search'
	WHERE room.name IS NOT NULL AND room.seq > greatest(coalesce(follower.seq, 0), room.floor)
	LIMIT 1`;

const ENTRIES = `
	SELECT seq, kind, target, author_id, author_name, created_at, body, latitude IS NOT NULL, EXISTS (
			SELECT FROM hubbub.files AS file WHERE file.room_id = entry.room_id AND file.seq = coalesce(entry.target, entry.seq)
		)
	FROM hubbub.entries AS entry WHERE room_id = $1 AND seq > $2 ORDER BY seq LIMIT ${STEP_ENTRIES}`;

const PUT = `
	INSERT INTO hubbub.search (room_id, seq, created_at, hashes)
	SELECT $1, message.seq, message.created_at, array_to_tsvector(message.hashes)
	FROM jsonb_to_recordset($2) AS message (seq bigint, created_at bigint, hashes text[])
	ON CONFLICT (room_id, seq) DO UPDATE SET hashes = excluded.hashes`;

/** An edited message that is not there was pruned. */
const REPLACE = `
	UPDATE hubbub.search AS search SET hashes = array_to_tsvector(message.hashes)
	FROM jsonb_to_recordset($2) AS message (seq bigint, hashes text[])
	WHERE search.room_id = $1 AND search.seq = message.seq`;

const DROP = "DELETE FROM hubbub.search WHERE room_id = $1 AND seq = ANY ($2)";

const SET_PLACE = `
	INSERT INTO hubbub.followers (name, room_id, seq) VALUES ('search', $1, $2)
	ON CONFLICT (room_id, name) DO UPDATE SET seq = excluded.seq`;

const CLEAR = "TRUNCATE hubbub.search; DELETE FROM hubbub.followers WHERE name = 'search'";

type EntryRow = [
	seq: number,
	kind: string,
	target: number | null,
	authorId: string | null,
	authorName: string | null,
	createdAt: number,
	body: string | null,
	isLocation: boolean,
	/** Whether the message, or that of an edit, has files. */
	hasFiles: boolean,
];

/** Indexes some entries of one room. Does nothing while another process does it. */
export async function indexStep(
	connections: Connections,
	hashes: TokenHashes,
): Promise<{ indexed: number; more: boolean }> {
	return inTransaction(connections, async (client) => {
		const rowsOf = async <Row extends unknown[]>(text: string, values: unknown[] = []) =>
			(await client.query<Row>({ text, values, rowMode: "array" })).rows;
		const [lock] = await rowsOf<[isMine: boolean]>(`SELECT pg_try_advisory_xact_lock(${INDEX_LOCK})`);
		if (!lock![0]) return { indexed: 0, more: false };
		const [room] = await rowsOf<[id: number, after: number]>(NEXT_ROOM);
		if (!room) return { indexed: 0, more: false };
		const [roomId, after] = room;
		const entries = await rowsOf<EntryRow>(ENTRIES, [roomId, after]);
		if (entries.length === 0) return { indexed: 0, more: false };
		const { added, replaced, removed } = changesOf(roomId, entries, hashes);
		if (added.length > 0) await client.query(PUT, [roomId, JSON.stringify(added)]);
		if (replaced.length > 0) await client.query(REPLACE, [roomId, JSON.stringify(replaced)]);
		if (removed.length > 0) await client.query(DROP, [roomId, removed]);
		await client.query(SET_PLACE, [roomId, entries.at(-1)![0]]);
		return { indexed: entries.length, more: true };
	});
}

/** Empties the index. */
export async function clearIndex(connections: Connections): Promise<void> {
	await inTransaction(connections, (client) => client.query(CLEAR));
}

type Indexed = { seq: number; created_at: number; hashes: string[] };

/** Returns what entries change in the index: messages that are new, or have another text, or were removed. */
function changesOf(roomId: number, entries: readonly EntryRow[], hashes: TokenHashes) {
	const added = new Map<number, Indexed>();
	const replaced = new Map<number, Indexed>();
	const removed = new Set<number>();
	for (const [seq, kind, target, id, name, created_at, body, isLocation, hasFiles] of entries) {
		if (kind === "removal") {
			for (const map of [added, replaced]) map.delete(target!);
			removed.add(target!);
		}
		if ((kind !== "message" && kind !== "edit") || id === null || name === null) continue;
		const content = {
			...(body !== null && { body }),
			...(isLocation && { location: true }),
			...(hasFiles && { files: [] }),
		};
		const ofMessage = hashes.ofMessage({ roomId, author: { id, name }, ...content }).split(" ");
		const indexed = { seq: target ?? seq, created_at, hashes: ofMessage };
		if (kind === "message") added.set(seq, indexed);
		else if (added.has(target!)) added.set(target!, { ...indexed, created_at: added.get(target!)!.created_at });
		else replaced.set(target!, indexed);
	}
	return { added: [...added.values()], replaced: [...replaced.values()], removed: [...removed] };
}

async function inTransaction<T>(connections: Connections, work: (client: PoolClient) => Promise<T>): Promise<T> {
	try {
		return await connections.use(async (client) => {
			await client.query("BEGIN");
			try {
				const result = await work(client);
				await client.query("COMMIT");
				return result;
			} catch (error) {
				await client.query("ROLLBACK").catch(() => undefined);
				throw error;
			}
		});
	} catch (error) {
		throw failureOf(error);
	}
}
