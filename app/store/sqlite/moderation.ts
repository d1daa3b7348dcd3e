import type { DatabaseSync } from "node:sqlite";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { ActiveModerationState, ModerationCommand } from "../../room/ports/moderation.ts";
import { BAN_COLUMNS, type BanRow, banOf, keyOf, REPLACE_BAN, rowOfBan } from "../ban-row.ts";
import { auditor } from "./audit.ts";
import { transaction } from "./transaction.ts";

/** The writer thread's calls for bans and closed rooms. */
export function moderationCalls(db: DatabaseSync) {
	const record = auditor(db);
	const ban = db.prepare(`INSERT INTO bans (${BAN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ${REPLACE_BAN}`);
	const unban = db.prepare("DELETE FROM bans WHERE kind = ? AND target = ? AND room = ?");
	const bans = db.prepare(`SELECT ${BAN_COLUMNS} FROM bans ORDER BY created_at, kind, target, room`);
	bans.setReturnArrays(true);
	const close = db.prepare("INSERT OR IGNORE INTO closed_rooms (room) VALUES (?)");
	const reopen = db.prepare("DELETE FROM closed_rooms WHERE room = ?");
	const closed = db.prepare("SELECT room FROM closed_rooms ORDER BY room");

	function apply(command: ModerationCommand): void {
		if (command.kind === "ban") ban.run(...rowOfBan(command.ban));
		else if (command.kind === "unban") unban.run(...keyOf(command.banned));
		else if (command.kind === "room_closed") close.run(command.room);
		else reopen.run(command.room);
	}

	return {
		enact(commands: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): void {
			transaction(db, "BEGIN IMMEDIATE", () => {
				for (const command of commands) apply(command);
				for (const entry of audit) record(entry);
			});
		},
		activeModeration(): ActiveModerationState {
			return {
				bans: (bans.all() as unknown as BanRow[]).map(banOf),
				closedRooms: closed.all().map(({ room }) => String(room)),
			};
		},
	};
}
