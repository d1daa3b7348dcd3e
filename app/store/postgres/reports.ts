import type { NewAuditEntry } from "../../room/ports/audit.ts";
import {
	MAX_REPORTS,
	MAX_REPORTS_OF_USER,
	type NewReport,
	type ReportPage,
	type ReportStore,
	type StoredReport,
} from "../../room/ports/reports.ts";
import { AUDIT_COLUMNS } from "../audit-row.ts";
import { REPORT_COLUMNS, type ReportRow, reportOf, rowOfReport } from "../report-row.ts";
import { auditJson, auditRecords, deleteOldAudit } from "./audit.ts";
import type { Connections } from "./connections.ts";

/** Two at once may exceed the bound by one. */
const ADD = `
	WITH allowed AS (
		SELECT 1 WHERE (SELECT count(*) FROM hubbub.reports WHERE user_id = $4) < ${MAX_REPORTS_OF_USER}
	), added AS (
		INSERT INTO hubbub.reports (${REPORT_COLUMNS})
		SELECT $1, $2, $3::bigint, $4, $5, $6, $7::bigint FROM allowed
		ON CONFLICT DO NOTHING
	)
	SELECT 1 FROM allowed`;

const DELETE_OLDEST = `
	DELETE FROM hubbub.reports
	WHERE id <= (SELECT id FROM hubbub.reports ORDER BY id DESC LIMIT 1 OFFSET ${MAX_REPORTS})`;

const CLOSE = `
	WITH closed AS (
		DELETE FROM hubbub.reports
		WHERE (room, epoch, seq) = (SELECT room, epoch, seq FROM hubbub.reports WHERE id = $1)
		RETURNING 1
	), recorded AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS})
		SELECT ${AUDIT_COLUMNS} FROM ${auditRecords("$2")} WHERE EXISTS (SELECT FROM closed)
	)
	SELECT count(*) FROM closed`;

type Run = <T>(work: (connections: Connections) => Promise<T>) => Promise<T>;

/** The reports of a PostgreSQL store, which runs the calls. */
export function reportStore(run: Run): ReportStore {
	return {
		add: (report) => run((connections) => addReport(connections, report)),
		list: (page) => run((connections) => readReports(connections, page)),
		close: (id, audit) => run((connections) => closeReport(connections, id, audit)),
	};
}

async function addReport(connections: Connections, report: NewReport): Promise<boolean> {
	const allowed = await connections.query(ADD, rowOfReport(report));
	// A failure is ignored, because the report itself is stored.
	await connections.query(DELETE_OLDEST, []).catch(() => undefined);
	return allowed.length > 0;
}

async function readReports(
	connections: Connections,
	{ before = Number.MAX_SAFE_INTEGER, limit }: ReportPage,
): Promise<{ reports: StoredReport[]; more: boolean }> {
	// One extra row shows whether there are more.
	const rows = await connections.query<[id: number, ...ReportRow]>(
		`SELECT id, ${REPORT_COLUMNS} FROM hubbub.reports WHERE id < $1 ORDER BY id DESC LIMIT $2`,
		[before, limit + 1],
	);
	return { reports: rows.slice(0, limit).map(reportOf), more: rows.length > limit };
}

async function closeReport(connections: Connections, id: number, audit: NewAuditEntry): Promise<boolean> {
	const [row] = await connections.query<[count: number]>(CLOSE, [id, auditJson([[0, audit]])]);
	await deleteOldAudit(connections);
	return row![0] > 0;
}
