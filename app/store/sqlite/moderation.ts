import type { DatabaseSync } from "node:sqlite";
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
import { transaction } from "./transaction.ts";

/** Adds an entry to the audit log, within whatever transaction is open, and drops the oldest where it is full. */
export function auditor(db: DatabaseSync): (entry: NewAuditEntry) => void {
	const insert = db.prepare(`INSERT INTO audit (${AUDIT_COLUMNS}) VALUES (?, ?, ?, ?, ?)`);
	const dropUpTo = db.prepare("DELETE FROM audit WHERE id <= ?");
	return (entry) => {
		const { lastInsertRowid } = insert.run(...rowOfAudit(entry));
		dropUpTo.run(Number(lastInsertRowid) - AUDIT_ENTRIES);
	};
}

/** What the writer's thread can be asked for about what an admin decided. */
export function moderation(db: DatabaseSync) {
	const note = auditor(db);
	const ban = db.prepare(`INSERT INTO bans (${BAN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ${REPLACE_BAN}`);
	const unban = db.prepare("DELETE FROM bans WHERE kind = ? AND target = ? AND room = ?");
	const dropEnded = db.prepare("DELETE FROM bans WHERE ends_at <= ?");
	const bans = db.prepare(`SELECT ${BAN_COLUMNS} FROM bans ORDER BY created_at, kind, target, room`);
	bans.setReturnArrays(true);
	const close = db.prepare("INSERT OR IGNORE INTO closed_rooms (room) VALUES (?)");
	const reopen = db.prepare("DELETE FROM closed_rooms WHERE room = ?");
	const closed = db.prepare("SELECT room FROM closed_rooms ORDER BY room");

	function carryOut(order: ModerationCommand): void {
		if (order.kind === "ban") ban.run(...rowOfBan(order.ban));
		else if (order.kind === "unban") unban.run(...keyOf(order.banned));
		else if (order.kind === "room_closed") close.run(order.room);
		else reopen.run(order.room);
	}

	return {
		enact(orders: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): void {
			transaction(db, "BEGIN IMMEDIATE", () => {
				for (const order of orders) carryOut(order);
				for (const entry of audit) note(entry);
			});
		},
		/** Bans that have ended are dropped. */
		activeModeration(now: number): ActiveModerationState {
			dropEnded.run(now);
			return {
				bans: (bans.all() as unknown as BanRow[]).map(banOf),
				closedRooms: closed.all().map(({ room }) => String(room)),
			};
		},
	};
}

/** Reads a page of the audit log, newest first. */
export function auditReader(db: DatabaseSync) {
	const before = db.prepare(`SELECT id, ${AUDIT_COLUMNS} FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?`);
	before.setReturnArrays(true);
	return (page: { before?: number; limit: number }): { entries: AuditEntry[]; more: boolean } => {
		// One more than asked for tells whether there is more.
		const rows = before.all(page.before ?? Number.MAX_SAFE_INTEGER, page.limit + 1);
		const entries = (rows as unknown as [id: number, ...AuditRow][]).map(auditOf);
		return { entries: entries.slice(0, page.limit), more: entries.length > page.limit };
	};
}
