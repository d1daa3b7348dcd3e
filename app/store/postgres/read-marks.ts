import type { ReadMove, ReadPlace } from "../../room/ports/read-marks.ts";
import type { Connections } from "./connections.ts";
import { STEP_ENTRIES } from "./retention.ts";

const READ = `
	SELECT place.at, mark.seq
	FROM jsonb_to_recordset($1) AS place (at integer, room text, epoch text, "user" text)
	JOIN hubbub.rooms AS room ON room.name = place.room AND room.epoch = place.epoch
	JOIN hubbub.read_marks AS mark ON mark.room_id = room.id AND mark.user_id = place."user"`;

/** In the order of the key, so that processes which move the same marks wait for each other in one order. */
const MOVE = `
	WITH given AS (
		SELECT room.id, move."user", least(move.seq, room.seq) AS seq, move."movedAt", coalesce(move.back, false) AS back
		FROM jsonb_to_recordset($1) AS move
			(room text, epoch text, "user" text, seq bigint, back boolean, "movedAt" bigint)
		JOIN hubbub.rooms AS room ON room.name = move.room AND room.epoch = move.epoch
		WHERE room.seq > 0
		ORDER BY room.id, move."user"
	)
	INSERT INTO hubbub.read_marks AS mark (room_id, user_id, seq, moved_at)
	SELECT id, "user", seq, "movedAt" FROM given
	ON CONFLICT (room_id, user_id) DO UPDATE SET seq = excluded.seq, moved_at = excluded.moved_at
	WHERE excluded.seq > mark.seq
		OR (SELECT back FROM given WHERE given.id = excluded.room_id AND given."user" = excluded.user_id)`;

const PRUNE_SOME = `
	WITH deleted AS (
		DELETE FROM hubbub.read_marks
		WHERE ctid = ANY (ARRAY(SELECT ctid FROM hubbub.read_marks WHERE moved_at < $1 LIMIT $2))
		RETURNING 1
	)
	SELECT count(*) FROM deleted`;

/** Returns the marks, in the order of the places. */
export async function readReadMarks(
	connections: Connections,
	places: readonly ReadPlace[],
): Promise<(number | undefined)[]> {
	const numbered = places.map((place, at) => ({ at, ...place }));
	const rows = await connections.query<[at: number, seq: number]>(READ, [JSON.stringify(numbered)]);
	const seqs = new Map(rows);
	return places.map((_, at) => seqs.get(at));
}

export async function moveReadMarks(connections: Connections, moves: readonly ReadMove[]): Promise<void> {
	await connections.query(MOVE, [JSON.stringify(moves)]);
}

/** Deletes marks that were not moved since `before`, in steps, until `isOver` returns true. Returns their number. */
export async function pruneReadMarks(connections: Connections, before: number, isOver: () => boolean): Promise<number> {
	let total = 0;
	while (!isOver()) {
		const [row] = await connections.query<[count: number]>(PRUNE_SOME, [before, STEP_ENTRIES]);
		const [count] = row!;
		total += count;
		if (count < STEP_ENTRIES) break;
	}
	return total;
}
