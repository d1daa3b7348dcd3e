import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { canRunAgain, failedOnly } from "./second-attempt.ts";

test("failures are run again only if each is known and they are few", () => {
	const failure = { file: "app/a.test.ts" };
	assert.equal(canRunAgain([failure], 1), true);
	assert.equal(canRunAgain([], 0), false, "nothing failed");
	assert.equal(canRunAgain([failure], 2), false, "a crash beside it");
	assert.equal(canRunAgain(Array(11).fill(failure), 11), false);
});

test("the files with failures are run again, and of tests that several files import, those files", (t) => {
	const root = mkdtempSync(join(tmpdir(), "hubbub-suite-"));
	t.after(() => rmSync(root, { recursive: true }));
	const sources = {
		"app/a.test.ts": "",
		"app/b.test.ts": "",
		"app/contract/shared.ts": "",
		"app/sqlite.test.ts": 'import "./contract/shared.ts";',
	};
	for (const [file, source] of Object.entries(sources)) {
		mkdirSync(dirname(join(root, file)), { recursive: true });
		writeFileSync(join(root, file), source);
	}
	const selection = failedOnly(root, [
		{ file: "app/a.test.ts" },
		{ file: "app/contract/shared.ts" },
		{ file: "load/attack/attack.ts", row: "costs" },
	]);
	const selected = Object.keys(sources).filter((file) => file.endsWith(".test.ts") && selection.has(file));
	assert.deepEqual(selected, ["app/a.test.ts", "app/sqlite.test.ts"]);
	assert.equal(selection.hasProgram("load/attack/attack.ts"), true);
	assert.equal(selection.hasProgram("load/chaos/chaos.ts"), false);
	assert.deepEqual(selection.rowsOf?.("load/attack/attack.ts"), ["costs"]);
	assert.equal(selection.withChecks, false);
});
