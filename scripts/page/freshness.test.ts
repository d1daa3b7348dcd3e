import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { isFresh } from "./freshness.ts";

test("a page is fresh until one of its sources is changed, added or removed", (t) => {
	const web = mkdtempSync(join(tmpdir(), "hubbub-fresh-"));
	t.after(() => rmSync(web, { recursive: true }));
	const output = join(web, "dist", "index.html");
	const setTimes = (second: number, ...paths: string[]) => {
		for (const path of paths) utimesSync(path, second, second);
	};
	for (const folder of ["dist", "view"]) mkdirSync(join(web, folder));
	for (const file of ["main.tsx", "view/App.tsx", "view/App.test.tsx"]) writeFileSync(join(web, file), "");
	setTimes(1_000, join(web, "main.tsx"), join(web, "view/App.tsx"), join(web, "view"), web);
	assert.equal(isFresh(output, [web]), false, "nothing is built yet");

	writeFileSync(output, "");
	setTimes(2_000, output);
	assert.equal(isFresh(output, [web]), true);

	setTimes(3_000, join(web, "view/App.test.tsx"));
	assert.equal(isFresh(output, [web]), true, "tests are not part of the page");

	setTimes(3_000, join(web, "view/App.tsx"));
	assert.equal(isFresh(output, [web]), false, "a source has changed");

	setTimes(1_000, join(web, "view/App.tsx"));
	setTimes(3_000, join(web, "view"));
	assert.equal(isFresh(output, [web]), false, "a file was added or removed");
});
