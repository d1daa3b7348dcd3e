import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { build, type Plugin } from "esbuild";
import { builtins } from "./builtins.ts";

const REQUIRE = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/** Runs the program bundled, and reads the JSON that it writes. */
async function output(t: TestContext, program: string, plugins: Plugin[]) {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-builtins-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const entry = join(folder, "program.mjs");
	const outfile = join(folder, "out.mjs");
	writeFileSync(join(folder, "package.cjs"), PACKAGE);
	writeFileSync(entry, program);
	const format = { bundle: true, platform: "node", format: "esm", banner: { js: REQUIRE } } as const;
	await build({ ...format, entryPoints: [entry], outfile, plugins });
	return JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" }));
}

const PACKAGE = `
	const assert = require("assert");
	const { createHash } = require("crypto");
	exports.hash = (text) => {
		assert(typeof text === "string");
		assert.equal(text, "abc");
		return createHash("sha256").update(text).digest("hex").slice(0, 8);
	};
`;

const HTTP = `
	import process, { moduleLoadList } from "node:process";
	import * as url from "url";
	import { createServer } from "node:http";
	const isHeavy = process.moduleLoadList.some((name) => name.endsWith("undici"));
	console.log(JSON.stringify({ isHeavy, kinds: [typeof createServer, typeof url.URL, typeof moduleLoadList] }));
`;

test("node:http comes without undici, and every kind of import works", async (t) => {
	const kinds = ["function", "function", "object"];
	assert.deepEqual(await output(t, HTTP, []), { isHeavy: true, kinds });
	assert.deepEqual(await output(t, HTTP, [builtins]), { isHeavy: false, kinds });
});

const LATE = `
	import { createHash } from "node:crypto";
	import zlib, { constants, Gzip } from "node:zlib";
	import { hash } from "./package.cjs";
	const isLoaded = () => process.moduleLoadList.includes("NativeModule crypto");
	const before = isLoaded();
	const hashes = [hash("abc"), createHash("sha256").update("abc").digest("hex").slice(0, 8)];
	const unzipped = zlib.gunzipSync(zlib.gzipSync("abc")).toString();
	const isGzip = zlib.createGzip() instanceof Gzip;
	console.log(JSON.stringify({ before, hashes, unzipped, isGzip, level: constants.Z_BEST_SPEED, after: isLoaded() }));
`;

test("what is loaded late does what it does, for whoever takes it out early as well", async (t) => {
	const results = { hashes: ["ba7816bf", "ba7816bf"], unzipped: "abc", isGzip: true, level: 1, after: true };
	assert.deepEqual(await output(t, LATE, []), { before: true, ...results });
	assert.deepEqual(await output(t, LATE, [builtins]), { before: false, ...results });
});
