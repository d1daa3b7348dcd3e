import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { findForbiddenImports } from "./import-rules.ts";

function project(t: TestContext, files: Record<string, string>): string {
	const root = mkdtempSync(join(tmpdir(), "hubbub-imports-"));
	t.after(() => rmSync(root, { recursive: true }));
	for (const [path, source] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), source);
	}
	return root;
}

test("imports along the path of a message are allowed", (t) => {
	const root = project(t, {
		"app/room/chat.ts":
			'import { MAX } from "../protocol/limits.ts"; import "../protocol/room.ts"; import "./log/tail.ts";',
		"app/socket/gateway.ts": 'import { chat } from "../room/chat.ts"; import { io } from "socket.io";',
		"app/main.ts": 'import "./socket/gateway.ts"; import "./store/open.ts";',
		"web/view/App.tsx": 'import { rooms } from "../model/rooms.ts"; export const app = <p>{rooms}</p>;',
		"web/model/rooms.ts": 'import { socket } from "../connection/socket.ts";',
		"load/plan.ts": 'import "../app/protocol/limits.ts"; import "./kit/client.ts";',
		"load/kit/client.ts": 'import "../../app/protocol/limits.ts";',
		"scripts/smoke.ts": 'import "../load/kit/client.ts"; import "../app/room/chat.ts";',
	});
	assert.deepEqual(findForbiddenImports(root), []);
});

for (const [how, source] of [
	["a value", 'import { open } from "../store/open.ts";'],
	["a type", 'import type { Store } from "../store/open.ts";'],
	["a type among values", 'import { type Store } from "../store/open.ts";'],
	["a re-export", 'export { open } from "../store/open.ts";'],
	["a re-exported type", 'export type * from "../store/open.ts";'],
	["a dynamic import", 'const { open } = await import("../store/open.ts");'],
	["an import in a type", 'type Store = import("../store/open.ts").Store;'],
] as const) {
	test(`an import in the other direction is reported: ${how}`, (t) => {
		const root = project(t, { "app/room/chat.ts": source });
		assert.deepEqual(findForbiddenImports(root), [
			"app/room/chat.ts imports app/store/open.ts: app/room/ may import app/protocol/.",
		]);
	});
}

for (const [from, specifier, rule] of [
	["app/protocol/room.ts", "../room/limits.ts", "app/protocol/ may import nothing of this project."],
	["app/store/open.ts", "../socket/gateway.ts", "app/store/ may import app/room/, app/make-folder.ts, app/protocol/."],
	["app/room/chat.ts", "../config.ts", "app/room/ may import app/protocol/."],
	["web/model/rooms.ts", "../view/App.tsx", "web/model/ may import web/connection/, app/protocol/."],
	["web/view/App.tsx", "../connection/socket.ts", "web/view/ may import web/model/, app/protocol/."],
	["web/main.tsx", "../app/room/chat.ts", "web/ may import web/, app/protocol/."],
	["load/plan.ts", "../app/room/limits.ts", "load/ may import app/protocol/."],
	["load/kit/client.ts", "../plan.ts", "load/kit/ may import app/protocol/."],
	[
		"scripts/smoke.ts",
		"../load/plan.ts",
		"scripts/ may import app/, web/browser/, web/view/message/markdown/, web/view/testing/, load/kit/.",
	],
	["app/main.ts", "./testing/harness.ts", "only tests may import it."],
	["app/store/open.ts", "./contract.ts", "only tests may import it."],
	["web/model/rooms.ts", "./testing/page.ts", "only tests may import it."],
	["app/main.ts", "./main.test.ts", "nothing imports a test."],
	["web/view/App.tsx", "node:fs", "web/view/ also runs in a browser."],
] as const) {
	test(`${from} may not import ${specifier}`, (t) => {
		const [problem, ...more] = findForbiddenImports(project(t, { [from]: `import "${specifier}";` }));
		assert.ok(problem?.startsWith(`${from} imports `) && problem.endsWith(rule), problem ?? "nothing was reported");
		assert.deepEqual(more, []);
	});
}

test("modules that the HTTP application reaches may not import Node's modules", (t) => {
	const root = project(t, {
		"app/http/app.ts": 'import "../room/chat.ts";',
		"app/room/chat.ts": 'import { randomUUID } from "node:crypto";',
		"app/http/listen.ts": 'import { createServer } from "node:http";',
	});
	assert.deepEqual(findForbiddenImports(root), [
		"app/room/chat.ts imports node:crypto: app/http/app.ts reaches it, and has to run without Node.",
	]);
});

test("a test may import test helpers", (t) => {
	const root = project(t, {
		"app/store/sqlite.test.ts": 'import "./contract.ts"; import "../testing/harness.ts";',
		"app/testing/harness.ts": 'import "../server.ts";',
		"web/connection/testing/tunnel.ts": 'import { connect } from "node:net";',
	});
	assert.deepEqual(findForbiddenImports(root), []);
});
