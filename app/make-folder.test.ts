import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "./make-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "hubbub-folder-"));
test.after(() => rmSync(folder, { recursive: true }));

test("a folder is created with those above it, once", () => {
	const path = join(folder, "a", "b", "c");
	for (let times = 0; times < 2; times++) makeFolder(path);
	assert.ok(statSync(path).isDirectory());
});

test("a file in the way, and a name that is too long, end with an error", () => {
	writeFileSync(join(folder, "file"), "");
	assert.throws(() => makeFolder(join(folder, "file")), { code: "EEXIST" });
	assert.throws(() => makeFolder(join(folder, "file", "below")), { code: /ENOTDIR|EEXIST/ });
	assert.throws(() => makeFolder(join(folder, "x".repeat(300))), { code: "ENAMETOOLONG" });
});

test("a place that has no folders ends with an error, and not never", { skip: !existsSync("/proc/self") }, () => {
	for (const path of ["/proc/nope", "/proc/nope/a/b"]) assert.throws(() => makeFolder(path), { code: "ENOENT" });
});
