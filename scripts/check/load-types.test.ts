import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { LOAD_FOLDERS, whyNotLoadTypes } from "./load-types.ts";

test("the types of load/ are checked once its packages and those of its folders are installed", (t) => {
	const root = mkdtempSync(join(tmpdir(), "hubbub-load-types-"));
	t.after(() => rmSync(root, { recursive: true }));
	const packages = { "node_modules/one": { version: "1.0.0" } };
	for (const folder of LOAD_FOLDERS) {
		mkdirSync(join(root, folder, "node_modules", "one"), { recursive: true });
		writeFileSync(join(root, folder, "package-lock.json"), JSON.stringify({ packages }));
	}
	for (const folder of LOAD_FOLDERS) {
		assert.ok(whyNotLoadTypes(root)?.startsWith(`the packages of ${folder}/ are not installed`));
		writeFileSync(join(root, folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));
	}
	assert.equal(whyNotLoadTypes(root), undefined);
});
