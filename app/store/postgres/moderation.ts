import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { ActiveModerationState, ModerationCommand } from "../../room/ports/moderation.ts";
import { AUDIT_COLUMNS } from "../audit-row.ts";
import { BAN_COLUMNS, type BanRow, banOf, keyOf, REPLACE_BAN, rowOfBan } from "../ban-row.ts";
import { auditJson, auditRecords, deleteOldAudit } from "./audit.ts";
import type { Connections } from "./connections.ts";
import { recordOf } from "./record.ts";

/** A command without effect is recorded in the audit log as well. */
const ENACT = `
	WITH commands AS (
		SELECT * FROM jsonb_to_recordset($1) AS given (
			command text, kind text, target text, room text, name text, ends_at bigint, created_at bigint,
			reason text, by_whom text
		)
	), banned AS (
		INSERT INTO hubbub.bans (${BAN_COLUMNS}) SELECT ${BAN_COLUMNS} FROM commands WHERE command = 'ban' ${REPLACE_BAN}
	), unbanned AS (
		DELETE FROM hubbub.bans USING commands
		WHERE command = 'unban' AND (bans.kind, bans.target, bans.room) = (commands.kind, commands.target, commands.room)
	), closed AS (
		INSERT INTO hubbub.closed_rooms SELECT room FROM commands WHERE command = 'room_closed' ON CONFLICT DO NOTHING
	), reopened AS (
		DELETE FROM hubbub.closed_rooms AS room USING commands
		WHERE command = 'room_reopened' AND room.room = commands.room
	)
	INSERT INTO hubbub.audit (${AUDIT_COLUMNS}) SELECT ${AUDIT_COLUMNS} FROM ${auditRecords("$2")}`;

export async function enact(
	connections: Connections,
	commands: readonly ModerationCommand[],
	audit: readonly NewAuditEntry[],
) {
	const entries = audit.map((entry, at) => [at, entry] as const);
	await connections.query(ENACT, [JSON.stringify(commands.map(recordOfCommand)), auditJson(entries)]);
	await deleteOldAudit(connections);
}

export async function readActiveModeration(connections: Connections): Promise<ActiveModerationState> {
	const bans = await connections.query<BanRow>(
		`SELECT ${BAN_COLUMNS} FROM hubbub.bans ORDER BY created_at, kind, target COLLATE "C", room COLLATE "C"`,
		[],
	);
	const rooms = await connections.query<[room: string]>(
		'SELECT room FROM hubbub.closed_rooms ORDER BY room COLLATE "C"',
		[],
	);
	return { bans: bans.map(banOf), closedRooms: rooms.map(([room]) => room) };
}

function recordOfCommand(command: ModerationCommand): object {
	if (command.kind === "ban") return { command: "ban", ...recordOf(BAN_COLUMNS, rowOfBan(command.ban)) };
	if (command.kind === "unban") return { command: "unban", ...recordOf("kind, target, room", keyOf(command.banned)) };
	return { command: command.kind, room: command.room };
}
