import type { DatabaseSync } from "node:sqlite";
import type { AuditEntry, NewAuditEntry } from "../../room/ports/audit.ts";
import { AUDIT_COLUMNS, AUDIT_ENTRIES, type AuditRow, auditOf, rowOfAudit } from "../audit-row.ts";

/** Returns a function that appends to the audit log, within the current transaction, and deletes the oldest entry if it is full. */
export function auditor(db: DatabaseSync): (entry: NewAuditEntry) => void {
	const insert = db.prepare(`INSERT INTO audit (${AUDIT_COLUMNS}) VALUES (?, ?, ?, ?, ?)`);
	const dropUpTo = db.prepare("DELETE FROM audit WHERE id <= ?");
	return (entry) => {
		const { lastInsertRowid } = insert.run(...rowOfAudit(entry));
		dropUpTo.run(Number(lastInsertRowid) - AUDIT_ENTRIES);
	};
}

/** Returns a function that reads a page of the audit log, newest first. */
export function auditReader(db: DatabaseSync) {
	const before = db.prepare(`SELECT id, ${AUDIT_COLUMNS} FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?`);
	before.setReturnArrays(true);
	return (page: { before?: number; limit: number }): { entries: AuditEntry[]; more: boolean } => {
		// One extra row shows whether there are more.
		const rows = before.all(page.before ?? Number.MAX_SAFE_INTEGER, page.limit + 1);
		const entries = (rows as unknown as [id: number, ...AuditRow][]).map(auditOf);
		return { entries: entries.slice(0, page.limit), more: entries.length > page.limit };
	};
}
