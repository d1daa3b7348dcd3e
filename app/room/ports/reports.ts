import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "./audit.ts";

/** Maximum stored reports; above it the oldest are deleted. */
export const MAX_REPORTS = 5_000;
/** Maximum reports of one user that nobody has closed. */
export const MAX_REPORTS_OF_USER = 50;
/** Time after which a report that nobody has closed is deleted. */
export const REPORT_MS = 90 * 24 * 60 * 60 * 1_000;

/** A report of a message by a user. The message is in the log: its text is not copied. */
export type NewReport = {
	room: string;
	/** The identity of the log: a room may have been removed and created again. */
	epoch: string;
	seq: number;
	by: User;
	reason?: string;
	createdAt: number;
};

/** `id` is ascending. */
export type StoredReport = NewReport & { id: number };

/** Those older than the report `before`. */
export type ReportPage = { before?: number; limit: number };

/** The stored reports. */
export interface ReportStore {
	/**
	 * Stores a report, unless the user has reported this message. Returns false, having stored nothing, where the user has
	 * `MAX_REPORTS_OF_USER`.
	 */
	add(report: NewReport): Promise<boolean>;
	/** Returns a page of the reports, newest first. */
	list(page: ReportPage): Promise<{ reports: StoredReport[]; more: boolean }>;
	/** Deletes a report and all others of its message. Returns whether there was one; then `audit` is written in the same transaction. */
	close(id: number, audit: NewAuditEntry): Promise<boolean>;
}
