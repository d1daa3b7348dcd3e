import type { AuditEntry, NewAuditEntry } from "../../room/ports/audit.ts";
import type { ActiveModerationState, ModerationCommand } from "../../room/ports/moderation.ts";
import {
	AUDIT_COLUMNS,
	AUDIT_ENTRIES,
	type AuditRow,
	auditOf,
	BAN_COLUMNS,
	type BanRow,
	banOf,
	keyOf,
	REPLACE_BAN,
	rowOfAudit,
	rowOfBan,
} from "../moderation-rows.ts";
import type { Connections } from "./connections.ts";

/** The entries of the audit log in a parameter that {@link auditJson} made. */
export function auditRecords(parameter: string): string {
	return `jsonb_to_recordset(${parameter}) AS audit
		(at integer, created_at bigint, act text, target text, reason text, by_whom text)`;
}

/** `at` is the place of what an entry belongs to. */
export function auditJson(entries: readonly (readonly [at: number, entry: NewAuditEntry])[]): string {
	return JSON.stringify(entries.map(([at, entry]) => ({ at, ...named(AUDIT_COLUMNS, rowOfAudit(entry)) })));
}

/** An entry whose order had no effect is written all the same: an admin said so. */
const ENACT = `
	WITH orders AS (
		SELECT * FROM jsonb_to_recordset($1) AS given (
			"order" text, kind text, target text, room text, name text, ends_at bigint, created_at bigint,
			reason text, by_whom text
		)
	), banned AS (
		INSERT INTO hubbub.bans (${BAN_COLUMNS}) SELECT ${BAN_COLUMNS} FROM orders WHERE "order" = 'ban' ${REPLACE_BAN}
	), unbanned AS (
		DELETE FROM hubbub.bans USING orders
		WHERE "order" = 'unban' AND (bans.kind, bans.target, bans.room) = (orders.kind, orders.target, orders.room)
	), closed AS (
		INSERT INTO hubbub.closed_rooms SELECT room FROM orders WHERE "order" = 'room_closed' ON CONFLICT DO NOTHING
	), reopened AS (
		DELETE FROM hubbub.closed_rooms AS room USING orders
		WHERE "order" = 'room_reopened' AND room.room = orders.room
	)
	INSERT INTO hubbub.audit (${AUDIT_COLUMNS}) SELECT ${AUDIT_COLUMNS} FROM ${auditRecords("$2")}`;

const DROP_OLDEST = `
	DELETE FROM hubbub.audit WHERE id <= (SELECT max(id) FROM hubbub.audit) - ${AUDIT_ENTRIES}`;

export async function enact(
	connections: Connections,
	orders: readonly ModerationCommand[],
	audit: readonly NewAuditEntry[],
) {
	const entries = audit.map((entry, at) => [at, entry] as const);
	await connections.query(ENACT, [JSON.stringify(orders.map(recordOf)), auditJson(entries)]);
	await dropOldAudit(connections);
}

/** Keeps the audit log within its bound. Tidying up: what was asked for is done, whether this succeeds or not. */
export async function dropOldAudit(connections: Connections): Promise<void> {
	await connections.query(DROP_OLDEST, []).catch(() => undefined);
}

export async function readInForce(connections: Connections, now: number): Promise<ActiveModerationState> {
	const bans = await connections.query<BanRow>(
		`SELECT ${BAN_COLUMNS} FROM hubbub.bans WHERE ends_at IS NULL OR ends_at > $1
		ORDER BY created_at, kind, target COLLATE "C", room COLLATE "C"`,
		[now],
	);
	const rooms = await connections.query<[room: string]>(
		'SELECT room FROM hubbub.closed_rooms ORDER BY room COLLATE "C"',
		[],
	);
	// Tidying up: the answer is the same whether it succeeds or not.
	await connections.query("DELETE FROM hubbub.bans WHERE ends_at <= $1", [now]).catch(() => undefined);
	return { bans: bans.map(banOf), closedRooms: rooms.map(([room]) => room) };
}

export async function readAudit(
	connections: Connections,
	{ before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
): Promise<{ entries: AuditEntry[]; more: boolean }> {
	// One more than asked for tells whether there is more.
	const rows = await connections.query<[id: number, ...AuditRow]>(
		`SELECT id, ${AUDIT_COLUMNS} FROM hubbub.audit WHERE id < $1 ORDER BY id DESC LIMIT $2`,
		[before, limit + 1],
	);
	return { entries: rows.slice(0, limit).map(auditOf), more: rows.length > limit };
}

function recordOf(order: ModerationCommand): object {
	if (order.kind === "ban") return { order: "ban", ...named(BAN_COLUMNS, rowOfBan(order.ban)) };
	if (order.kind === "unban") return { order: "unban", ...named("kind, target, room", keyOf(order.banned)) };
	return { order: order.kind, room: order.room };
}

function named(columns: string, row: readonly unknown[]): object {
	return Object.fromEntries(columns.split(", ").map((column, index) => [column, row[index]]));
}
