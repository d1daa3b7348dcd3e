import type { NewReport, StoredReport } from "../room/ports/reports.ts";

/** The columns of a {@link ReportRow}, in its order. {@link reportOf} takes the report's id before them. */
export const REPORT_COLUMNS = "room, epoch, seq, user_id, user_name, reason, created_at";
export type ReportRow = [
	room: string,
	epoch: string,
	seq: number,
	userId: string,
	userName: string,
	reason: string | null,
	createdAt: number,
];

export function rowOfReport({ room, epoch, seq, by, reason, createdAt }: NewReport): ReportRow {
	return [room, epoch, seq, by.id, by.name, reason ?? null, createdAt];
}

export function reportOf(row: [id: number, ...ReportRow]): StoredReport {
	const [id, room, epoch, seq, userId, name, reason, createdAt] = row;
	return { id, room, epoch, seq, by: { id: userId, name }, ...(reason !== null && { reason }), createdAt };
}
