import type { AuditInfo } from "../../protocol/audit.ts";

/** The reason for an admin's action, and the name that the admin gave: all admins share one token. */
export type ModerationNote = { reason?: string; by?: string };

/** An action to be written to the audit log. */
export type NewAuditEntry = Omit<AuditInfo, "id">;

/** An entry of the audit log. */
export type AuditEntry = AuditInfo;

/** The stored audit log. */
export interface AuditStore {
	/** Returns a page of the audit log, newest first: entries older than the entry `before`. */
	audit(page: { before?: number; limit: number }): Promise<{ entries: AuditEntry[]; more: boolean }>;
}
