import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { findPrivateFields } from "./private-fields.ts";

test("only app/socket/engine/ may name private fields of ws and engine.io", (t) => {
	const root = mkdtempSync(join(tmpdir(), "hubbub-private-"));
	t.after(() => rmSync(root, { recursive: true }));
	for (const folder of ["gates", "engine"]) {
		mkdirSync(join(root, "app", "socket", folder), { recursive: true });
		writeFileSync(
			join(root, "app", "socket", folder, "a.ts"),
			"ws._socket?.writableLength; io.opts.wsEngine;\nws._socket;",
		);
	}
	writeFileSync(join(root, "app", "b.test.ts"), "io.use((_socket, next) => next()); // an unused parameter");
	assert.deepEqual(findPrivateFields(root), [
		"app/socket/gates/a.ts names _socket, a private field of ws or engine.io: only app/socket/engine/ may.",
		"app/socket/gates/a.ts names wsEngine, a private field of ws or engine.io: only app/socket/engine/ may.",
	]);
});
