import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { loadPage, PageError } from "./page-files.ts";

/** Creates a folder with the output of a build. */
function build(t: TestContext, files: Record<string, string | Uint8Array>): string {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-page-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	mkdirSync(join(folder, "assets"));
	for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
	return folder;
}

const textOf = (bytes?: Uint8Array) => new TextDecoder().decode(bytes);

test("every file is loaded, with its type and its compressed form", (t) => {
	const br = brotliCompressSync("main");
	const page = loadPage(
		build(t, {
			"index.html": "home",
			"assets/main-A.js": "main",
			"assets/main-A.js.br": br,
			"a.webmanifest": "{}",
			"a.bin": "",
		}),
	);
	const script = page.file("/assets/main-A.js");
	assert.equal(textOf(script?.bytes), "main");
	assert.deepEqual([...(script?.brotli ?? [])], [...br]);
	assert.equal(script?.type, "text/javascript; charset=utf-8");
	assert.match(script.etag, /^W\/"[\w-]{22}"$/);
	assert.equal(page.file("/index.html")?.brotli, undefined);
	assert.notEqual(page.file("/index.html")?.etag, script.etag);
	assert.equal(page.file("/a.webmanifest")?.type, "application/manifest+json");
	assert.equal(page.file("/a.bin")?.type, "application/octet-stream");
});

test("paths outside the folder are not found", (t) => {
	const page = loadPage(build(t, { "index.html": "home", "index.html.br": "x" }));
	for (const path of ["/", "index.html", "/index.html.br", "/assets", "/../index.html", "/__proto__", "/etc/passwd"])
		assert.equal(page.file(path), undefined, path);
});

test("a new build is loaded, and the old one is served while the new one is moved into place", (t) => {
	const [folder, next] = [build(t, { "index.html": "old" }), build(t, { "index.html": "new", "assets/b.js": "b" })];
	const page = loadPage(folder);
	renameSync(folder, `${folder}.old`);
	t.after(() => rmSync(`${folder}.old`, { recursive: true }));
	assert.equal(textOf(page.file("/index.html")?.bytes), "old");
	utimesSync(join(next, "index.html"), new Date(), new Date(Date.now() + 5_000));
	renameSync(next, folder);
	assert.equal(textOf(page.file("/index.html")?.bytes), "new");
	assert.equal(textOf(page.file("/assets/b.js")?.bytes), "b");
});

test("without a built page, the error says how to build it", (t) => {
	const folder = build(t, {});
	assert.throws(
		() => loadPage(folder),
		(error: Error) => error instanceof PageError && /npm run build/.test(error.message),
	);
});
