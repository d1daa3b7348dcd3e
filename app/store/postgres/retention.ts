import type { Connections } from "./connections.ts";

/** Maximum entries of one room that a step deletes, so that a commit never waits long behind it. */
export const STEP_ENTRIES = 500;

const NEXT_ROOM = `
	SELECT room.id
	FROM hubbub.rooms AS room
	JOIN hubbub.entries AS first ON first.room_id = room.id AND first.seq = room.floor + 1
	WHERE room.id >= $1 AND room.name IS NOT NULL AND first.created_at < $2
	ORDER BY room.id LIMIT 1`;

/**
 * Deletes old entries at the beginning of a room's log. A log has no holes: entries after one that is kept are kept as well,
 * whatever their time. The lock prevents another machine from doing the same.
 */
const PRUNE_SOME = `
	WITH room AS (
		SELECT id, floor FROM hubbub.rooms WHERE id = $1 AND name IS NOT NULL FOR NO KEY UPDATE
	), beginning AS (
		SELECT entry.seq, entry.created_at
		FROM room, LATERAL (
			SELECT seq, created_at FROM hubbub.entries
			WHERE room_id = room.id AND seq > room.floor ORDER BY seq LIMIT $3
		) AS entry
	), old AS (
		SELECT seq FROM beginning
		WHERE seq < coalesce((SELECT min(seq) FROM beginning WHERE created_at >= $2), (SELECT max(seq) + 1 FROM beginning))
	), deleted AS (
		DELETE FROM hubbub.entries AS entry USING room, old
		WHERE entry.room_id = room.id AND entry.seq = old.seq
		RETURNING entry.seq
	), raised AS (
		UPDATE hubbub.rooms SET floor = (SELECT max(seq) FROM old)
		FROM room WHERE rooms.id = room.id AND EXISTS (SELECT FROM old)
	)
	SELECT count(*) FROM deleted`;

/** A room in which a message is stored while this waits for the row is no longer empty, and stays. */
const PRUNE_EMPTY = `
	WITH deleted AS (
		DELETE FROM hubbub.rooms
		WHERE seq = 0 AND created_at < $1 AND name IS NOT NULL
			AND name NOT IN (SELECT jsonb_array_elements_text($2))
		RETURNING id
	)
	SELECT count(*) FROM deleted`;

const RENEW = `
	UPDATE hubbub.rooms SET created_at = $1
	WHERE seq = 0 AND created_at < $1 AND name IN (SELECT jsonb_array_elements_text($2))`;

/** Deletes entries older than `before`, in steps, until `isOver` returns true. Returns their number. */
export async function prune(connections: Connections, before: number, isOver: () => boolean): Promise<number> {
	let total = 0;
	let from = 0;
	while (!isOver()) {
		const [next] = await connections.query<[id: number]>(NEXT_ROOM, [from, before]);
		if (!next) break;
		const [id] = next;
		const [row] = await connections.query<[count: number]>(PRUNE_SOME, [id, before, STEP_ENTRIES]);
		total += row![0];
		from = row![0] === STEP_ENTRIES ? id : id + 1;
	}
	return total;
}

/** Deletes rooms without entries that were created before `before`. Rooms in `kept` count as created now. Returns their number. */
export async function pruneEmptyRooms(
	connections: Connections,
	before: number,
	kept: readonly string[],
): Promise<number> {
	await connections.query(RENEW, [Date.now(), JSON.stringify(kept)]);
	const [row] = await connections.query<[count: number]>(PRUNE_EMPTY, [before, JSON.stringify(kept)]);
	return row![0];
}
