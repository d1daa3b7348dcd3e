import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { changesSince, EVERYTHING, matching, reachedBy } from "./selection.ts";

const FILES = {
	"app/room/tail.ts": "export {};",
	"app/room/tail.test.ts": 'import "./tail.ts";',
	"app/log.test.ts": "",
	"load/run.ts": "",
	"load/run.test.ts": 'import "./run.ts";',
	"load/chaos/chaos.ts": 'start(join(root, "app", "room", "tail.ts"));',
	"load/package.json": "{}",
	"scripts/build-page.ts": 'build("web/main.tsx");',
	"web/main.tsx": "",
	"web/browser/talk.browser.test.ts": "",
	"package.json": "{}",
	"README.md": "",
};

function project(t: TestContext): string {
	const root = mkdtempSync(join(tmpdir(), "hubbub-selection-"));
	t.after(() => rmSync(root, { recursive: true }));
	for (const [path, source] of Object.entries(FILES)) write(root, path, source);
	return root;
}

function write(root: string, path: string, source: string): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), source);
}

test("parts of paths select test files, and nothing else", () => {
	const selection = matching(["app/room", "log"]);
	assert.deepEqual(
		Object.keys(FILES).filter((file) => selection.has(file)),
		["app/room/tail.ts", "app/room/tail.test.ts", "app/log.test.ts"],
	);
	assert.equal(selection.hasProgram("load/chaos/chaos.ts"), false);
	assert.equal(selection.withChecks, false);
	assert.equal(matching([]), EVERYTHING);
});

for (const [changed, reached, suites] of [
	["app/room/tail.ts", ["app/room/tail.test.ts"], ["load/chaos/chaos.ts"]],
	["web/main.tsx", ["web/browser/talk.browser.test.ts"], []],
	["load/package.json", ["load/run.test.ts"], ["load/chaos/chaos.ts"]],
	["README.md", [], []],
] as const) {
	test(`a change of ${changed} runs the checks and what it reaches`, (t) => {
		const selection = reachedBy(project(t), Object.keys(FILES), [changed]);
		const tests = Object.keys(FILES).filter((file) => file.includes(".test.") && selection.has(file));
		assert.deepEqual(tests, reached);
		assert.equal(selection.hasProgram("load/chaos/chaos.ts"), suites.length > 0);
		assert.equal(selection.withChecks, true);
	});
}

test("a change of the packages or of the runner runs everything", (t) => {
	const root = project(t);
	for (const file of ["package.json", "package-lock.json", "scripts/test/stages.ts", "scripts/test.ts", ".ci/run"])
		assert.equal(reachedBy(root, Object.keys(FILES), [file]), EVERYTHING, file);
});

test("changes are what differs from where the branch left main, committed or not, and what is new or deleted", (t) => {
	const root = project(t);
	const git = (...args: string[]) =>
		execFileSync("git", ["-c", "user.name=ada", "-c", "user.email=ada@example.org", ...args], {
			cwd: root,
			stdio: "ignore",
		});
	const commit = (message: string) => {
		git("add", "--all");
		git("commit", "--message", message);
	};
	git("init", "--initial-branch", "main");
	commit("first");
	write(root, "app/log.test.ts", "// second");
	commit("second");
	assert.deepEqual(changesSince(root, undefined).changed, ["app/log.test.ts"], "on main: the last commit");

	git("checkout", "-b", "work");
	write(root, "app/room/tail.ts", "export const tail = [];");
	commit("third");
	write(root, "load/run.ts", "// not committed");
	write(root, "web/new.ts", "// new");
	rmSync(join(root, "README.md"));
	const { files, changed } = changesSince(root, undefined);
	assert.deepEqual(changed.sort(), ["README.md", "app/room/tail.ts", "load/run.ts", "web/new.ts"]);
	assert.ok(files.includes("web/new.ts"));
	assert.ok(changesSince(root, "HEAD~2").changed.includes("app/log.test.ts"));
	assert.throws(() => changesSince(root, "nowhere"), /git diff .*nowhere.* failed/);
});
