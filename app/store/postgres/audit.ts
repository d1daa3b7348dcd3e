import type { AuditEntry, NewAuditEntry } from "../../room/ports/audit.ts";
import { AUDIT_COLUMNS, AUDIT_ENTRIES, type AuditRow, auditOf, rowOfAudit } from "../audit-row.ts";
import type { Connections } from "./connections.ts";
import { recordOf } from "./record.ts";

const DELETE_OLDEST = `
	DELETE FROM hubbub.audit WHERE id <= (SELECT max(id) FROM hubbub.audit) - ${AUDIT_ENTRIES}`;

/** SQL for the audit entries in a parameter made by {@link auditJson}. */
export function auditRecords(parameter: string): string {
	return `jsonb_to_recordset(${parameter}) AS audit
		(at integer, created_at bigint, act text, target text, reason text, by_whom text)`;
}

/** `at` is the index of the item that an entry belongs to. */
export function auditJson(entries: readonly (readonly [at: number, entry: NewAuditEntry])[]): string {
	return JSON.stringify(entries.map(([at, entry]) => ({ at, ...recordOf(AUDIT_COLUMNS, rowOfAudit(entry)) })));
}

/** Keeps the audit log within its bound. A failure is ignored, because the entry itself is stored. */
export async function deleteOldAudit(connections: Connections): Promise<void> {
	await connections.query(DELETE_OLDEST, []).catch(() => undefined);
}

export async function readAudit(
	connections: Connections,
	{ before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
): Promise<{ entries: AuditEntry[]; more: boolean }> {
	// One extra row shows whether there are more.
	const rows = await connections.query<[id: number, ...AuditRow]>(
		`SELECT id, ${AUDIT_COLUMNS} FROM hubbub.audit WHERE id < $1 ORDER BY id DESC LIMIT $2`,
		[before, limit + 1],
	);
	return { entries: rows.slice(0, limit).map(auditOf), more: rows.length > limit };
}
