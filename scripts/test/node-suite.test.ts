import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { type NodeSuite, runNodeSuite } from "./node-suite.ts";
import type { Failure } from "./second-attempt.ts";
import { inStage } from "./stage-context.ts";

const settings = { groups: 2, testTimeoutMs: 30_000, deadlineMs: 60_000 };

/**
 * @param printed takes what the suite prints
 * @param failures takes the failed tests
 */
function runSuite(suite: NodeSuite, printed: string[] = [], failures: Failure[] = []) {
	return inStage({ order: 0, print: (text) => printed.push(text), failures }, () => runNodeSuite(suite));
}

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
	const failures: Failure[] = [];
	assert.deepEqual(await runSuite({ ...settings, files: suite }, [], failures), { passed: 2, failed: 1, skipped: 2 });
	assert.deepEqual(
		failures.map(({ file }) => resolve(file)),
		[suite[1]],
	);
});

test("a file that cannot even be loaded is a failure", async (t) => {
	const suite = files(t, 'import "./not-there.mjs";');
	assert.deepEqual(await runSuite({ ...settings, files: suite }), { passed: 0, failed: 1, skipped: 0 });
});

test("an error after the end of its test is a failure, and is printed", async (t) => {
	const suite = files(
		t,
		'test("one", () => { setTimeout(() => { throw new Error("too late"); }, 50); }); test("two", () => new Promise((resolve) => setTimeout(resolve, 200)));',
	);
	const printed: string[] = [];
	assert.deepEqual(await runSuite({ ...settings, files: suite }, printed), { passed: 2, failed: 1, skipped: 0 });
	assert.match(printed.join("\n"), /too late/);
});

test("a file that never ends is stopped, and is a failure", async (t) => {
	const suite = files(t, 'test("goes on", () => new Promise(() => { setInterval(() => {}, 1_000); }));');
	const failures: Failure[] = [];
	const counts = await runSuite({ ...settings, files: suite, deadlineMs: 1_000 }, [], failures);
	assert.ok(counts.failed > failures.length, "it can't be run again");
});

test("a file that leaves something behind is a failure, and the tests of its process are counted", async (t) => {
	const suite = files(t, 'test("one", () => { setInterval(() => {}, 1_000); });', 'test("two", () => {});');
	const printed: string[] = [];
	const counts = await runSuite({ ...settings, groups: 1, files: suite, env: { TEST_LINGER_MS: "200" } }, printed);
	assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 0 });
	assert.match(printed.join("\n"), /left something behind.*Timeout/);
});

test("the files of a group share a process, except those with hooks of their own", async (t) => {
	const note = (name: string) => `appendFileSync(process.env.NOTES, "${name} " + process.pid + "\\n")`;
	const importNote = 'import { appendFileSync } from "node:fs";';
	const suite = files(
		t,
		`${importNote}\ntest("one", () => ${note("one")});`,
		`${importNote}\ntest("two", () => ${note("two")});`,
		`${importNote}\nimport { beforeEach } from "node:test";\nbeforeEach(() => ${note("hook")});\ntest("three", () => {});`,
	);
	const notes = `${suite[0]}.notes`;
	assert.equal((await runSuite({ ...settings, groups: 1, files: suite, env: { NOTES: notes } })).passed, 3);
	const noted = readFileSync(notes, "utf8");
	const pids = (name: string) => [...noted.matchAll(new RegExp(`${name} (\\d+)`, "g"))].map(([, pid]) => pid);
	assert.equal(pids("one").length, 1);
	assert.deepEqual(pids("one"), pids("two"));
	assert.equal(pids("hook").length, 1, "the hook runs around the tests of its own file only");
	assert.notDeepEqual(pids("hook"), pids("one"));
});

test("no files are no tests", async () => {
	assert.deepEqual(await runSuite({ ...settings, files: [] }), { passed: 0, failed: 0, skipped: 0 });
});
