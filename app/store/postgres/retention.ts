import { REPORT_MS } from "../../room/ports/reports.ts";
import { StepSize } from "../step-size.ts";
import type { Connections } from "./connections.ts";

/** Maximum entries or reactions of one room that a step deletes, so that a commit never waits long behind it. */
export const STEP_ENTRIES = 500;

/** The messages that were pruned are not found any more. */
const FORGET = `
	DELETE FROM hubbub.search AS search USING hubbub.rooms AS room
	WHERE room.id = $1 AND search.room_id = room.id AND search.seq <= room.floor`;

const NEXT_ROOM = `
	SELECT room.id
	FROM hubbub.rooms AS room
	JOIN hubbub.entries AS first ON first.room_id = room.id AND first.seq = room.floor + 1
	WHERE room.id >= $1 AND room.name IS NOT NULL AND first.created_at < $2
	ORDER BY room.id LIMIT 1`;

/** See the function `prune_step`. */
const PRUNE_STEP = "SELECT pruned, more FROM hubbub.prune_step($1, $2, $3)";

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
	const size = new StepSize();
	while (!isOver()) {
		const [next] = await connections.query<[id: number]>(NEXT_ROOM, [from, before]);
		if (!next) break;
		const [id] = next;
		const began = performance.now();
		const [step] = await connections.query<[pruned: number, more: boolean]>(PRUNE_STEP, [id, before, size.entries]);
		const [pruned, more] = step!;
		size.took(performance.now() - began, pruned);
		await connections.query(FORGET, [id]);
		total += pruned;
		from = more ? id : id + 1;
	}
	return total;
}

/** Deletes the revocations, bans, sessions, sign-in links and changes of users that ended before `before`, and old reports. */
export async function dropEnded(connections: Connections, before: number): Promise<void> {
	for (const table of ["revoked_sessions", "sessions", "sign_in_codes"])
		await connections.query(`DELETE FROM hubbub.${table} WHERE expires_at < $1`, [before]);
	await connections.query("DELETE FROM hubbub.bans WHERE ends_at < $1", [before]);
	// The newest change stays, so that no revision is used twice.
	await connections.query(
		"DELETE FROM hubbub.changed_users WHERE expires_at < $1 AND rev < (SELECT max(rev) FROM hubbub.changed_users)",
		[before],
	);
	await connections.query("DELETE FROM hubbub.reports WHERE created_at < $1", [before - REPORT_MS]);
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
