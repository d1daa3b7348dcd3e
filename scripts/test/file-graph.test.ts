import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { FileGraph } from "./file-graph.ts";

function graphOf(t: TestContext, files: Record<string, string>): FileGraph {
	const root = mkdtempSync(join(tmpdir(), "hubbub-graph-"));
	t.after(() => rmSync(root, { recursive: true }));
	for (const [path, source] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), source);
	}
	return new FileGraph(root, Object.keys(files));
}

test("a file needs a runtime if it imports what differs between runtimes, in any number of steps", (t) => {
	const graph = graphOf(t, {
		"pure.test.ts": 'import { test } from "node:test"; import "./tail.ts"; import "shapes";',
		"tail.ts": 'import type { Server } from "node:http"; export const tail = [];',
		"socket.test.ts": 'import "./harness.ts";',
		"harness.ts": 'export * from "./server.ts";',
		"server.ts": 'const { createServer } = await import("node:http");',
		"package.test.ts": 'import "sockets";',
		"unknown.test.ts": 'import "not-installed";',
		"node_modules/shapes/index.js": 'module.exports = require("./names.json");',
		"node_modules/shapes/names.json": "{}",
		"node_modules/sockets/index.js": 'require("./open.js");',
		"node_modules/sockets/open.js": 'require("net");',
	});
	assert.equal(graph.needsRuntime("pure.test.ts"), false);
	for (const file of ["socket.test.ts", "package.test.ts", "unknown.test.ts"])
		assert.equal(graph.needsRuntime(file), true, file);
});

test("a word is found in a file and in what it imports, not in what imports it", (t) => {
	const graph = graphOf(t, {
		"chat.test.ts": 'import "./open.ts";',
		"open.ts": "export const PROCESSES = process.env.TEST_PROCESSES;",
		"tail.test.ts": "const TEST_PROCESSES_OF_ANOTHER = 1;",
	});
	assert.equal(graph.mentions("chat.test.ts", "TEST_PROCESSES"), true);
	assert.equal(graph.mentions("tail.test.ts", "TEST_PROCESSES"), false);
});

test("dependents are the files that import a file, and those that name it in a string", (t) => {
	const graph = graphOf(t, {
		"app/main.ts": 'import "./room.ts"; import type { Page } from "../web/page.ts";',
		"app/room.ts": "export {};",
		"app/room.test.ts": 'import "./room.ts";',
		"app/start.test.ts": 'spawn(new URL("./main.ts", import.meta.url));',
		"scripts/start.test.ts": 'spawn(join(root, "app", "main.ts"));',
		"scripts/copy.test.ts": 'cpSync(join(root, "app"), folder);',
		"scripts/image.test.ts": 'for (const name of ["room.ts", "README.md"]) read(name);',
		"web/page.ts": "export type Page = string;",
		"web/page.test.ts": 'import "./page.ts";',
		"README.md": "",
	});
	const dependents = (file: string) => [...graph.dependentsOf([file])].sort();
	assert.deepEqual(dependents("app/room.ts"), [
		"app/main.ts",
		"app/room.test.ts",
		"app/room.ts",
		"app/start.test.ts",
		"scripts/copy.test.ts",
		"scripts/image.test.ts",
		"scripts/start.test.ts",
	]);
	assert.deepEqual(dependents("web/page.ts"), ["web/page.test.ts", "web/page.ts"]);
	assert.deepEqual(dependents("README.md"), ["README.md"]);
});
