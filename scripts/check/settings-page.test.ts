import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { VARIABLES } from "../../app/config-variables.ts";
import { checkSettings, settingsPage, writeSettings } from "./settings-page.ts";

function project(t: TestContext): { root: string; path: string } {
	const root = mkdtempSync(join(tmpdir(), "hubbub-settings-"));
	t.after(() => rmSync(root, { recursive: true }));
	mkdirSync(join(root, "app"));
	return { root, path: join(root, "app", "SETTINGS.md") };
}

test("every setting has a row with its default", () => {
	const rows = settingsPage()
		.split("\n")
		.filter((row) => row.startsWith("| `"));
	assert.equal(rows.length, Object.keys(VARIABLES).length);
	assert.ok(rows.some((row) => row.startsWith("| `PORT` | `3000` | ")));
	assert.ok(rows.some((row) => row.startsWith("| `ADMIN_TOKEN` | none | ")));
});

test("a missing page fails the check, with the command that writes it", (t) => {
	const { root, path } = project(t);
	assert.match(checkSettings(root)[0] ?? "", /npm run check -- --fix/);
	writeSettings(root);
	assert.deepEqual(checkSettings(root), []);
	assert.equal(readFileSync(path, "utf8"), settingsPage());
});

test("a page that differs from the variables fails the check", (t) => {
	const { root, path } = project(t);
	writeFileSync(path, settingsPage().replace("`3000`", "`8080`"));
	assert.equal(checkSettings(root).length, 1);
	writeSettings(root);
	assert.deepEqual(checkSettings(root), []);
});
