import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiClient } from "./api-client.ts";
import { createAuditLog } from "./audit-log.ts";

test("A6 older entries follow the newest, and a refusal keeps what is shown", async () => {
	const paths: string[] = [];
	let isRefused = false;
	const api = (async (_: string, path: string) => {
		paths.push(path);
		if (isRefused)
			return { ok: false, error: { code: "forbidden", message: "Only an owner can do this.", retryable: false } };
		const ids = path.includes("before") ? [1] : [3, 2];
		return { ok: true, data: { entries: ids.map((id) => ({ id })), more: ids.length === 2 } };
	}) as ApiClient;
	const log = createAuditLog(api);
	await log.load();
	await log.load();
	isRefused = true;
	await log.load();
	assert.deepEqual(
		[log.entries.value?.map(({ id }) => id), log.more.value, log.problem.value],
		[[3, 2, 1], false, "Only an owner can do this."],
	);
	assert.deepEqual(paths.slice(0, 2), ["/api/audit?limit=50", "/api/audit?limit=50&before=2"]);
});
