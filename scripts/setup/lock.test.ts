import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { withLock } from "./lock.mjs";

function lockFile(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-lock-"));
	t.after(() => rmSync(folder, { recursive: true }));
	return join(folder, "inner", "setup.lock");
}

test("work under one lock does not overlap, even when it fails", async (t) => {
	const lock = lockFile(t);
	let inside = 0;
	const work = async (fails: boolean) => {
		assert.equal(++inside, 1);
		await turn();
		inside--;
		if (fails) throw new Error("on purpose");
		return "done";
	};
	const results = await Promise.allSettled([true, false, false].map((fails) => withLock(lock, () => work(fails))));
	assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "fulfilled", "rejected"]);
	assert.equal(existsSync(lock), false);
});

test("a lock whose process has exited is taken over", async (t) => {
	const lock = lockFile(t);
	await withLock(lock, async () => undefined);
	const gone = spawnSync(process.execPath, ["--version"]).pid;
	writeFileSync(lock, String(gone));
	assert.equal(await withLock(lock, async () => "mine"), "mine");
});
