import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { StoredRoom } from "../../room/ports/rooms.ts";
import { AUDIT_COLUMNS } from "../audit-row.ts";
import { newEpoch } from "../new-epoch.ts";
import { auditJson, auditRecords, deleteOldAudit } from "./audit.ts";
import type { Connections } from "./connections.ts";
import { STEP_ENTRIES } from "./retention.ts";

const CREATE = `
	INSERT INTO hubbub.rooms (name, epoch, created_at, active_at) VALUES ($1, $2, $3, $3) ON CONFLICT (name) DO NOTHING`;

const HIDE = `
	WITH hidden AS (
		UPDATE hubbub.rooms SET name = NULL, title = NULL, topic = NULL, people = NULL WHERE name = $1 RETURNING id
	), recorded AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS}) SELECT ${AUDIT_COLUMNS} FROM hidden, ${auditRecords("$2")}
	)
	SELECT id FROM hidden`;

/** The tables with rows of a room. */
const PARTS = ["members", "reactions", "message_states", "entries", "read_marks", "search", "followers"];

/** Several machines may delete at once: each locks a room that no other one has. */
const CLEAR_SOME = `
	WITH room AS (
		SELECT id FROM hubbub.rooms WHERE name IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED
	), ${PARTS.map(deleteSome).join(", ")}
	SELECT room.id, greatest(${PARTS.map((table) => `(SELECT count(*) FROM deleted_${table})`).join(", ")})
	FROM room`;

function deleteSome(table: string): string {
	return `deleted_${table} AS (
		DELETE FROM hubbub.${table}
		WHERE ctid = ANY (ARRAY(SELECT part.ctid FROM room JOIN hubbub.${table} AS part ON part.room_id = room.id LIMIT $1))
		RETURNING 1
	)`;
}

/** The conditions are evaluated after CLEAR_SOME has committed, and nothing is appended to a hidden room. */
const DROP_EMPTY = `
	DELETE FROM hubbub.rooms AS room
	WHERE id = $1 AND name IS NULL
		AND ${PARTS.map((table) => `NOT EXISTS (SELECT FROM hubbub.${table} WHERE room_id = room.id)`).join(" AND ")}`;

/** Creates a room with an empty log, unless it exists. */
export async function createRoom(connections: Connections, room: string): Promise<void> {
	await connections.query(CREATE, [room, newEpoch(), Date.now()]);
}

/** Gives a room another epoch if it still has this one. */
export async function renewEpoch(connections: Connections, room: string, epoch: string): Promise<void> {
	await connections.query("UPDATE hubbub.rooms SET epoch = $1 WHERE name = $2 AND epoch = $3", [
		newEpoch(),
		room,
		epoch,
	]);
}

const LIST = `
	SELECT name, active_at, seq = 0 FROM hubbub.rooms
	WHERE name IS NOT NULL AND kind = 'open'
	ORDER BY seq = 0, active_at DESC LIMIT $1`;

export async function readRooms(connections: Connections, limit: number): Promise<StoredRoom[]> {
	const rows = await connections.query<[room: string, lastActiveAt: number, isEmpty: boolean]>(LIST, [limit]);
	return rows.map(([room, lastActiveAt, isEmpty]) => ({ room, lastActiveAt, ...(isEmpty && { isEmpty }) }));
}

/** Hides a room at once; {@link clearHidden} deletes its entries. Returns whether the room existed. */
export async function hideRoom(connections: Connections, room: string, audit?: NewAuditEntry): Promise<boolean> {
	const hidden = await connections.query(HIDE, [room, auditJson(audit ? [[0, audit]] : [])]);
	if (audit) await deleteOldAudit(connections);
	return hidden.length > 0;
}

/** Deletes hidden rooms with their entries, in steps, until `isOver` returns true. */
export async function clearHidden(connections: Connections, isOver: () => boolean): Promise<void> {
	while (!isOver()) {
		const [step] = await connections.query<[id: number, deleted: number]>(CLEAR_SOME, [STEP_ENTRIES]);
		if (!step) return;
		const [id, deleted] = step;
		if (deleted < STEP_ENTRIES) await connections.query(DROP_EMPTY, [id]);
	}
}
