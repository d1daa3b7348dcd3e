import type { DatabaseSync } from "node:sqlite";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import {
	MAX_REPORTS,
	MAX_REPORTS_OF_USER,
	type NewReport,
	type ReportPage,
	type ReportStore,
	type StoredReport,
} from "../../room/ports/reports.ts";
import { REPORT_COLUMNS, type ReportRow, reportOf, rowOfReport } from "../report-row.ts";
import { auditor } from "./audit.ts";
import type { StorageThread } from "./storage-thread.ts";
import { transaction } from "./transaction.ts";
import type { WriterCalls } from "./writer.ts";

/** The writer thread's calls for reports. */
export function reportCalls(db: DatabaseSync) {
	const record = auditor(db);
	const ofUser = db.prepare("SELECT count(*) AS count FROM reports WHERE user_id = ?");
	const insert = db.prepare(`INSERT OR IGNORE INTO reports (${REPORT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
	const dropOldest = db.prepare(
		"DELETE FROM reports WHERE id <= (SELECT id FROM reports ORDER BY id DESC LIMIT 1 OFFSET ?)",
	);
	const before = db.prepare(`SELECT id, ${REPORT_COLUMNS} FROM reports WHERE id < ? ORDER BY id DESC LIMIT ?`);
	before.setReturnArrays(true);
	const close = db.prepare(`
		DELETE FROM reports
		WHERE (room, epoch, seq) = (SELECT room, epoch, seq FROM reports WHERE id = ?)`);

	return {
		addReport: (report: NewReport): boolean =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				if (Number(ofUser.get(report.by.id)?.count) >= MAX_REPORTS_OF_USER) return false;
				insert.run(...rowOfReport(report));
				dropOldest.run(MAX_REPORTS);
				return true;
			}),
		reports(page: ReportPage): { reports: StoredReport[]; more: boolean } {
			// One extra row shows whether there are more.
			const rows = before.all(page.before ?? Number.MAX_SAFE_INTEGER, page.limit + 1);
			const reports = (rows as unknown as [id: number, ...ReportRow][]).map(reportOf);
			return { reports: reports.slice(0, page.limit), more: reports.length > page.limit };
		},
		closeReport: (id: number, audit: NewAuditEntry): boolean =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				if (Number(close.run(id).changes) === 0) return false;
				record(audit);
				return true;
			}),
	};
}

/** The reports of a SQLite store. All calls run on the writer thread. */
export function reportStore(writer: StorageThread<WriterCalls>): ReportStore {
	return {
		add: (report) => writer.call("addReport", [report]),
		list: (page) => writer.call("reports", [page]),
		close: (id, audit) => writer.call("closeReport", [id, audit]),
	};
}
