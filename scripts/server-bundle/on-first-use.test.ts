import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { root } from "../root.ts";
import { ON_FIRST_USE_FILES, onFirstUse } from "./on-first-use.ts";

const PROGRAM = `
	import counted from "counted";
	const before = globalThis.loads ?? 0;
	const results = { sum: counted(2, 3), made: new counted.Made(7).value };
	console.log(JSON.stringify({ before, ...results, after: globalThis.loads }));
`;

test("a file is loaded once, when it is first called, and does what it did", async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-first-use-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	mkdirSync(join(folder, "node_modules", "counted"), { recursive: true });
	writeFileSync(
		join(folder, "node_modules", "counted", "index.js"),
		`globalThis.loads = (globalThis.loads ?? 0) + 1;
		module.exports = (a, b) => a + b;
		module.exports.Made = class { constructor(value) { this.value = value; } };`,
	);
	writeFileSync(join(folder, "program.mjs"), PROGRAM);
	const output = async (files: string[]) => {
		const outfile = join(folder, "out.cjs");
		const entryPoints = [join(folder, "program.mjs")];
		await build({ entryPoints, outfile, bundle: true, platform: "node", plugins: [onFirstUse(files)] });
		return JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" }));
	};
	const results = { sum: 5, made: 7, after: 1 };
	assert.deepEqual(await output([]), { before: 1, ...results });
	assert.deepEqual(await output(["counted/index.js"]), { before: 0, ...results });
});

test("every file of the list is there", () => {
	for (const file of ON_FIRST_USE_FILES) assert.ok(existsSync(join(root, "node_modules", file)), file);
});
