/** Bans and entries of the audit log as rows of either database. */
import type { AuditEntry, NewAuditEntry } from "../room/ports/audit.ts";
import type { Ban, BanTarget } from "../room/ports/moderation.ts";

/** So many entries of the audit log are kept, the newest: at a few hundred bytes each it stays small. */
export const AUDIT_ENTRIES = 50_000;

/** What {@link rowOfBan} answers and {@link banOf} takes, in this order. */
export const BAN_COLUMNS = "kind, target, room, name, ends_at, created_at, reason, by_whom";
export type BanRow = [
	kind: Ban["kind"],
	target: string,
	room: string,
	name: string | null,
	endsAt: number | null,
	createdAt: number,
	reason: string | null,
	byWhom: string | null,
];

/** What {@link rowOfAudit} answers, in this order; {@link auditOf} takes the entry's id before it. */
export const AUDIT_COLUMNS = "created_at, act, target, reason, by_whom";
export type AuditRow = [createdAt: number, act: string, target: string, reason: string | null, byWhom: string | null];

/** The bans that a newer one takes the place of: those that end earlier. */
export const REPLACE_BAN = `
	ON CONFLICT (kind, target, room) DO UPDATE SET
		name = excluded.name, ends_at = excluded.ends_at, created_at = excluded.created_at,
		reason = excluded.reason, by_whom = excluded.by_whom
	WHERE bans.ends_at IS NOT NULL AND (excluded.ends_at IS NULL OR excluded.ends_at > bans.ends_at)`;

export function keyOf({ kind, target, room = "" }: BanTarget): [kind: string, target: string, room: string] {
	return [kind, target, room];
}

export function rowOfBan(ban: Ban): BanRow {
	const { kind, target, room = "", name, until, createdAt, reason, by } = ban;
	return [kind, target, room, name ?? null, until ?? null, createdAt, reason ?? null, by ?? null];
}

export function banOf([kind, target, room, name, endsAt, createdAt, reason, byWhom]: BanRow): Ban {
	return {
		kind,
		target,
		...(room !== "" && { room }),
		...(name !== null && { name }),
		...(endsAt !== null && { until: endsAt }),
		createdAt,
		...(reason !== null && { reason }),
		...(byWhom !== null && { by: byWhom }),
	};
}

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
