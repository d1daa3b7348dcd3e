import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { findDeadLinks } from "./dead-links.ts";

test("a link to a missing file is reported with its document; URLs and anchors are ignored", (t) => {
	const root = mkdtempSync(join(tmpdir(), "hubbub-links-"));
	t.after(() => rmSync(root, { recursive: true }));
	mkdirSync(join(root, "app"));
	writeFileSync(join(root, "app", "there.ts"), "");
	writeFileSync(join(root, "README.md"), "[a](app/there.ts#L1) ![b](gone.png) [c](https://example.org/x) [d](#here)");
	writeFileSync(join(root, "app", "PAGE.md"), "[up](../README.md) [beside](there.ts), [gone](app/there.ts), [x](..)");
	assert.deepEqual(findDeadLinks(root).sort(), [
		"README.md links to gone.png, which does not exist.",
		"app/PAGE.md links to app/there.ts, which does not exist.",
	]);
});
