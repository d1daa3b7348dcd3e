import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { countRows, runFaultSuite } from "./fault-suite.ts";
import { inStage } from "./stage-context.ts";

const ROWS = [
	{ id: "1", title: "one", state: "held" as const },
	{ id: "2", title: "two", state: "skipped" as const, reason: "needs root" },
	{ id: "3", title: "three", state: "broken" as const, findings: { problems: ["2 lost."] } },
];

test("what held has passed; what could not run is skipped, or a failure where nothing may be skipped", () => {
	const { counts, sentences, failed } = countRows(ROWS, true);
	assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 1 });
	assert.deepEqual(failed, ["3"]);
	assert.deepEqual(sentences, ["- two: could not run here, needs root", "✖ three: 2 lost."]);
	assert.deepEqual(countRows(ROWS, false).counts, { passed: 1, failed: 2, skipped: 0 });
});

test("a state that is not known has not passed", () => {
	const row = { title: "four", state: "fine" } as never;
	assert.deepEqual(countRows([row], true).counts, { passed: 0, failed: 1, skipped: 0 });
});

/** Runs a suite whose program executes `act`; its variable `folder` is the folder of its reports. */
async function run(t: TestContext, act: string) {
	const home = mkdtempSync(join(tmpdir(), "hubbub-suite-"));
	t.after(() => rmSync(home, { recursive: true }));
	const program = join(home, "suite.mjs");
	const head = 'import { writeFileSync } from "node:fs"; const folder = process.argv.at(-1);';
	writeFileSync(
		program,
		`${head}\nconst write = (results) => writeFileSync(folder + "/x.json", JSON.stringify({ results }));\n${act}`,
	);
	const suite = { program, deadlineMs: 30_000, share: 1, isRepeatable: true, maySkip: true, env: {} };
	return await inStage({ order: 0, print() {} }, () => runFaultSuite(suite));
}

test("the rows are those that the suite writes", async (t) => {
	assert.deepEqual(await run(t, `write(${JSON.stringify(ROWS.slice(0, 2))})`), { passed: 1, failed: 0, skipped: 1 });
});

test("a suite that ends without rows, or badly in spite of them, has failed", async (t) => {
	assert.equal((await run(t, 'console.log("on purpose")')).failed, 1);
	assert.equal((await run(t, "write([])")).failed, 1);
	assert.equal((await run(t, 'write([{ title: "one", state: "held" }]); process.exitCode = 1')).failed, 1);
});
