import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { findRetiredWords } from "./words.ts";

function wordsIn(t: TestContext, files: Record<string, string>): string[] {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-words-"));
	t.after(() => rmSync(folder, { recursive: true }));
	for (const [path, source] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), source);
	}
	return findRetiredWords(folder);
}

test("a retired word in a name is reported once per file and name, with the word to use", (t) => {
	const source = "export class ConnectionTally {\n\t#isTold = false;\n}\nexport const one = new ConnectionTally();";
	assert.deepEqual(wordsIn(t, { "app/a.ts": source }), [
		'app/a.ts:1: "ConnectionTally" → counter',
		'app/a.ts:2: "isTold" → broadcast, emit, publish, report',
	]);
});

test("a retired word in the name of a file is reported", (t) => {
	assert.deepEqual(wordsIn(t, { "app/room/lane.test.ts": "", "web/connection/line.ts": "", "load/lines.md": "" }), [
		"app/room/lane.test.ts: the file's name → append queue, batch",
		"web/connection/line.ts: the file's name → Connection, Socket or Transport",
	]);
});

test("a retired phrase is reported in comments, strings, titles and documents, with its line", (t) => {
	const source = [
		"/**",
		" * Messages a second, for",
		" * good.",
		" */",
		'test("whoever asks", () => `$' + "{1} is told of it`);",
	].join("\n");
	assert.deepEqual(wordsIn(t, { "app/a.ts": source, "README.md": "# Hubbub\n\nThe stand-in for flyctl." }), [
		'app/a.ts:2: "for good" → sustained, permanently',
		'app/a.ts:5: "whoever" → the user, the caller, the client',
		'app/a.ts:5: "is told" → receives, is notified, called with',
		'app/a.ts:5: "told of" → report, describe',
		'README.md:3: "stand-in" → fake',
	]);
});

test("ordinary uses pass", (t) => {
	const source = [
		'import { line } from "./reader.ts";',
		"// The first line of the text; a shortcut; the order of the log; a healthy server; ahead of time.",
		"for (const place of line.split(' ')) executeCutoff(place, bannedWords, { order: 1 });",
		'export const sentence = "The connection was cut off. Come back later.";',
	].join("\n");
	assert.deepEqual(wordsIn(t, { "app/a.ts": source }), []);
});
