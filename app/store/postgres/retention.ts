import type { NewAuditEntry } from "../../room/ports/audit.ts";
import { AUDIT_COLUMNS } from "../moderation-rows.ts";
import type { Connections } from "./connections.ts";
import { auditJson, auditRecords, dropOldAudit } from "./moderation.ts";

/** One step deletes at most so many entries of one room: a commit never waits long behind it. */
const STEP_ENTRIES = 500;

const NEXT_ROOM = `
	SELECT room.id
	FROM hubbub.rooms AS room
	JOIN hubbub.entries AS first ON first.room_id = room.id AND first.seq = room.floor + 1
	WHERE room.id >= $1 AND room.name IS NOT NULL AND first.created_at < $2
	ORDER BY room.id LIMIT 1`;

/**
 * Deletes what is old at the beginning of a room's log. A log keeps no hole: what stands behind an entry that is kept
 * is kept as well, whatever the clock said when it was written. The lock keeps another machine from doing the same.
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

/** Something may be said in the room while this waits for its row: then it is no longer empty, and stays. */
const PRUNE_EMPTY = `
	WITH deleted AS (
		DELETE FROM hubbub.rooms
		WHERE seq = 0 AND created_at < $1 AND name IS NOT NULL
			AND name NOT IN (SELECT jsonb_array_elements_text($2))
		RETURNING id
	)
	SELECT count(*) FROM deleted`;

const MAKE_ANEW = `
	UPDATE hubbub.rooms SET created_at = $1
	WHERE seq = 0 AND created_at < $1 AND name IN (SELECT jsonb_array_elements_text($2))`;

const HIDE = `
	WITH hidden AS (
		UPDATE hubbub.rooms SET name = NULL WHERE name = $1 RETURNING id
	), noted AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS}) SELECT ${AUDIT_COLUMNS} FROM hidden, ${auditRecords("$2")}
	)
	SELECT id FROM hidden`;

/** Several machines may clear at once: each takes a room that no other one has. */
const CLEAR_SOME = `
	WITH room AS (
		SELECT id FROM hubbub.rooms WHERE name IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED
	), rest AS (
		SELECT entry.room_id, entry.seq FROM room JOIN hubbub.entries AS entry ON entry.room_id = room.id LIMIT $1
	), deleted AS (
		DELETE FROM hubbub.entries AS entry USING rest WHERE entry.room_id = rest.room_id AND entry.seq = rest.seq
		RETURNING entry.seq
	)
	SELECT room.id, (SELECT count(*) FROM deleted) FROM room`;

/** The second look at the entries is after the first statement: they are gone, and nobody adds to a hidden room. */
const DROP_EMPTY = `
	DELETE FROM hubbub.rooms AS room
	WHERE id = $1 AND name IS NULL AND NOT EXISTS (SELECT FROM hubbub.entries WHERE room_id = room.id)`;

/** Forgets entries that are older than `before`, step by step until `isOver` says so; how many. */
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

/** Forgets the rooms that were made before `before` and in which nothing was ever said; `kept` count as made now. */
export async function pruneEmpty(connections: Connections, before: number, kept: readonly string[]): Promise<number> {
	await connections.query(MAKE_ANEW, [Date.now(), JSON.stringify(kept)]);
	const [row] = await connections.query<[count: number]>(PRUNE_EMPTY, [before, JSON.stringify(kept)]);
	return row![0];
}

/** Takes a room out of sight at once; {@link clearHidden} deletes what it leaves. Whether it was there. */
export async function hide(connections: Connections, room: string, audit?: NewAuditEntry): Promise<boolean> {
	const hidden = await connections.query(HIDE, [room, auditJson(audit ? [[0, audit]] : [])]);
	if (audit) await dropOldAudit(connections);
	return hidden.length > 0;
}

/** Deletes what removed rooms have left, step by step until `isOver` says so. */
export async function clearHidden(connections: Connections, isOver: () => boolean): Promise<void> {
	while (!isOver()) {
		const [step] = await connections.query<[id: number, deleted: number]>(CLEAR_SOME, [STEP_ENTRIES]);
		if (!step) return;
		const [id, deleted] = step;
		if (deleted < STEP_ENTRIES) await connections.query(DROP_EMPTY, [id]);
	}
}
