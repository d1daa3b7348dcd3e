import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { build, type Plugin } from "esbuild";
import { requiredBuiltins } from "./required-builtins.ts";

const PROGRAM = `
	import process, { moduleLoadList } from "node:process";
	import * as url from "url";
	import { createServer } from "node:http";
	const isHeavy = process.moduleLoadList.some((name) => name.endsWith("undici"));
	console.log(JSON.stringify({ isHeavy, kinds: [typeof createServer, typeof url.URL, typeof moduleLoadList] }));
`;
const REQUIRE = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

test("node:http comes without undici, and every kind of import works", async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-builtins-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const entry = join(folder, "program.mjs");
	const outfile = join(folder, "out.mjs");
	writeFileSync(entry, PROGRAM);
	const output = async (plugins: Plugin[]) => {
		const format = { bundle: true, platform: "node", format: "esm", banner: { js: REQUIRE } } as const;
		await build({ ...format, entryPoints: [entry], outfile, plugins });
		return JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" }));
	};
	const kinds = ["function", "function", "object"];
	assert.deepEqual(await output([]), { isHeavy: true, kinds });
	assert.deepEqual(await output([requiredBuiltins]), { isHeavy: false, kinds });
});
