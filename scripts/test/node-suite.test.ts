import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runNodeSuite } from "./node-suite.ts";

const settings = { concurrency: 2, testTimeoutMs: 30_000, deadlineMs: 60_000 };

function files(t: TestContext, ...sources: string[]): string[] {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-suite-"));
	t.after(() => rmSync(folder, { recursive: true }));
	return sources.map((source, index) => {
		const file = join(folder, `${index}.test.mjs`);
		writeFileSync(file, `import { describe, it, test } from "node:test";\n${source}`);
		return file;
	});
}

test("the counts are those of the runner, over all files", async (t) => {
	const suite = files(
		t,
		'test("one", () => {}); describe("group", () => { it("two", () => {}); it.skip("three", () => {}); });',
		'test("four", () => { throw new Error("on purpose: part of a test of the runner"); }); test.todo("five");',
	);
	assert.deepEqual(await runNodeSuite({ ...settings, files: suite }), { passed: 2, failed: 1, skipped: 2 });
});

test("a file that cannot even be loaded is a failure", async (t) => {
	const suite = files(t, 'import "./not-there.mjs";');
	assert.deepEqual(await runNodeSuite({ ...settings, files: suite }), { passed: 0, failed: 1, skipped: 0 });
});

test("a file that never ends is stopped, and is a failure", async (t) => {
	const suite = files(t, 'test("leaves a timer behind", () => { setInterval(() => {}, 1_000); });');
	const counts = await runNodeSuite({ ...settings, files: suite, deadlineMs: 5_000 });
	assert.equal(counts.failed, 1);
});

test("no files are no tests", async () => {
	assert.deepEqual(await runNodeSuite({ ...settings, files: [] }), { passed: 0, failed: 0, skipped: 0 });
});
