import type { AuditEntry, NewAuditEntry } from "../room/ports/audit.ts";

/** Entries of the audit log that are kept, the newest: a few hundred bytes each. */
export const AUDIT_ENTRIES = 50_000;

/** The columns of an {@link AuditRow}, in its order. {@link auditOf} takes the entry's id before them. */
export const AUDIT_COLUMNS = "created_at, act, target, reason, by_whom";
export type AuditRow = [createdAt: number, act: string, target: string, reason: string | null, byWhom: string | null];

export function rowOfAudit({ createdAt, act, target, reason, by }: NewAuditEntry): AuditRow {
	return [createdAt, act, JSON.stringify(target), reason ?? null, by ?? null];
}

export function auditOf([id, createdAt, act, target, reason, by]: [id: number, ...AuditRow]): AuditEntry {
	return {
		id,
		createdAt,
		act: act as AuditEntry["act"],
		target: JSON.parse(target),
		...(reason !== null && { reason }),
		...(by !== null && { by }),
	};
}
