import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReportInfo } from "../../app/protocol/report.ts";
import type { ApiClient } from "./api-client.ts";
import { createReportList } from "./report-list.ts";

const reportOf = (id: number): ReportInfo => ({ id, seq: id, by: { id: "ben", name: "Ben" }, createdAt: id });

test("G2 older reports follow the newest; a closed one is gone", async () => {
	const calls: string[] = [];
	let code = "";
	const api = (async (method: string, path: string) => {
		calls.push(`${method} ${path}`);
		if (code !== "") return { ok: false, error: { code, message: "No.", retryable: false } };
		const page = path.endsWith("before=2") ? { reports: [reportOf(1)], more: false } : undefined;
		return { ok: true, data: page ?? { reports: [reportOf(3), reportOf(2)], more: true } };
	}) as ApiClient;
	const list = createReportList(api);
	const shown = () => list.reports.value?.map(({ id }) => id);
	assert.equal(shown(), undefined);
	await list.load();
	await list.loadOlder();
	assert.deepEqual([shown(), list.more.value], [[3, 2, 1], false]);
	await list.close(reportOf(3));
	assert.deepEqual(calls.slice(2), ["DELETE /api/reports/3", "GET /api/reports"]);
	code = "forbidden";
	await list.close(reportOf(2));
	assert.deepEqual([list.problem.value, shown()], ["No.", [3, 2]]);
});
