import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { VARIABLES } from "../../app/config-variables.ts";
import { checkSettings, settingsTable, writeSettings } from "./settings-table.ts";

const MARKS = "<!-- settings: written by npm run check -- --fix -->\n<!-- /settings -->";

function readme(t: TestContext, text: string): { root: string; path: string } {
	const root = mkdtempSync(join(tmpdir(), "hubbub-readme-"));
	t.after(() => rmSync(root, { recursive: true }));
	writeFileSync(join(root, "README.md"), text);
	return { root, path: join(root, "README.md") };
}

test("every setting has a row with its default", () => {
	const rows = settingsTable().split("\n").slice(2);
	assert.equal(rows.length, Object.keys(VARIABLES).length);
	assert.ok(rows.some((row) => row.startsWith("| `PORT` | `3000` | ")));
	assert.ok(rows.some((row) => row.startsWith("| `ADMIN_TOKEN` | none | ")));
});

test("a README without the table, or with another one, is told what to do; writing it satisfies the check", (t) => {
	const { root, path } = readme(t, `# Hubbub\n\n${MARKS}\n\nMore.\n`);
	assert.match(checkSettings(root)[0] ?? "", /npm run check -- --fix/);

	writeSettings(root);
	assert.deepEqual(checkSettings(root), []);
	assert.ok(readFileSync(path, "utf8").endsWith("<!-- /settings -->\n\nMore.\n"));

	writeFileSync(path, readFileSync(path, "utf8").replace("`3000`", "`8080`"));
	assert.equal(checkSettings(root).length, 1);
});

test("a README without the marks is left alone and refused", (t) => {
	const { root, path } = readme(t, "# Hubbub\n");
	writeSettings(root);
	assert.equal(readFileSync(path, "utf8"), "# Hubbub\n");
	assert.match(checkSettings(root)[0] ?? "", /README\.md needs the lines/);
});
