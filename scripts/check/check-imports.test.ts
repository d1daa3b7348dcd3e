import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { findForbiddenImports } from "./check-imports.ts";

function project(t: TestContext, files: Record<string, string>): string {
	const root = mkdtempSync(join(tmpdir(), "hubbub-imports-"));
	t.after(() => rmSync(root, { recursive: true }));
	for (const [path, source] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), source);
	}
	return root;
}

test("a message's way through the folders is allowed", (t) => {
	const root = project(t, {
		"app/room/chat.ts": 'import { MAX } from "../protocol.ts"; import "./lane.ts";',
		"app/socket/gateway.ts": 'import { chat } from "../room/chat.ts"; import { io } from "socket.io";',
		"app/main.ts": 'import "./socket/gateway.ts"; import "./store/open.ts";',
		"web/view/App.tsx": 'import { rooms } from "../model/rooms.ts"; export const app = <p>{rooms}</p>;',
		"web/model/rooms.ts": 'import { line } from "../connection/line.ts";',
	});
	assert.deepEqual(findForbiddenImports(root), []);
});

for (const [how, source] of [
	["a value", 'import { open } from "../store/open.ts";'],
	["a type", 'import type { Store } from "../store/open.ts";'],
	["a type among values", 'import { type Store } from "../store/open.ts";'],
	["a re-export", 'export { open } from "../store/open.ts";'],
	["a re-exported type", 'export type * from "../store/open.ts";'],
	["an import when asked for", 'const { open } = await import("../store/open.ts");'],
	["an import within a type", 'type Store = import("../store/open.ts").Store;'],
] as const) {
	test(`a way back is found: ${how}`, (t) => {
		const root = project(t, { "app/room/chat.ts": source });
		assert.deepEqual(findForbiddenImports(root), [
			"app/room/chat.ts imports app/store/open.ts: app/room/ may import app/protocol.ts, app/schemas.ts.",
		]);
	});
}

for (const [from, specifier, rule] of [
	["app/protocol.ts", "./room/limits.ts", "app/protocol.ts may import nothing of ours."],
	["app/store/open.ts", "../socket/gateway.ts", "app/store/ may import app/room/, app/protocol.ts."],
	["app/room/chat.ts", "../config.ts", "app/room/ may import app/protocol.ts, app/schemas.ts."],
	["web/model/rooms.ts", "../view/App.tsx", "web/model/ may import web/connection/, app/protocol.ts."],
	["web/view/App.tsx", "../connection/line.ts", "web/view/ may import web/model/, app/protocol.ts."],
	["web/main.tsx", "../app/room/chat.ts", "web/ may import web/, app/protocol.ts."],
	["load/plan.ts", "../app/room/limits.ts", "load/ may import app/protocol.ts."],
	["app/main.ts", "./testing/harness.ts", "only tests may import it."],
	["app/store/open.ts", "./contract.ts", "only tests may import it."],
	["web/model/rooms.ts", "./testing/page.ts", "only tests may import it."],
	["app/main.ts", "./main.test.ts", "nothing imports a test."],
	["web/view/App.tsx", "node:fs", "web/view/ also runs in a browser."],
] as const) {
	test(`${from} may not import ${specifier}`, (t) => {
		const [problem, ...more] = findForbiddenImports(project(t, { [from]: `import "${specifier}";` }));
		assert.ok(problem?.startsWith(`${from} imports `) && problem.endsWith(rule), problem ?? "nothing was refused");
		assert.deepEqual(more, []);
	});
}

test("what the HTTP application reaches may not need Node", (t) => {
	const root = project(t, {
		"app/http/app.ts": 'import "../room/chat.ts";',
		"app/room/chat.ts": 'import { randomUUID } from "node:crypto";',
		"app/http/listen.ts": 'import { createServer } from "node:http";',
	});
	assert.deepEqual(findForbiddenImports(root), [
		"app/room/chat.ts imports node:crypto: app/http/app.ts reaches it, and runs without Node.",
	]);
});

test("a test may lean on what exists for tests", (t) => {
	const root = project(t, {
		"app/store/sqlite.test.ts": 'import "./contract.ts"; import "../testing/harness.ts";',
		"app/testing/harness.ts": 'import "../server.ts";',
		"web/connection/testing/tunnel.ts": 'import { connect } from "node:net";',
	});
	assert.deepEqual(findForbiddenImports(root), []);
});
