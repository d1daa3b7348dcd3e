import assert from "node:assert/strict";
import { test } from "node:test";
import { highlight } from "./highlight.ts";

const SAMPLES: [language: string, code: string, keyword: string][] = [
	["js", "const a = `1`; // b", "const"],
	["TS", "interface A { a: string }", "interface"],
	["python", "def a(): # b", "def"],
	["rust", "fn main() {}", "fn"],
	["go", "func main() {}", "func"],
	["bash", "if true; then echo 1; fi", "then"],
	["sql", "SELECT 1 FROM a", "SELECT"],
	["java", "public class A {}", "class"],
];

test("keywords of common languages have their colour, and no character is lost", () => {
	for (const [language, code, keyword] of SAMPLES) {
		const tokens = highlight(code, language) ?? [];
		assert.equal(tokens.map(({ text }) => text).join(""), code);
		assert.equal(tokens.find(({ text }) => text === keyword)?.kind, "keyword", language);
	}
	assert.equal(highlight("a // b", "js")?.at(-1)?.kind, "comment");
	assert.deepEqual(highlight("a b", "txt"), [{ text: "a b" }]);
});

test("an unknown language stays plain", () => {
	for (const language of ["", "brainfuck", "__proto__", "constructor"])
		assert.equal(highlight("a", language), undefined);
});
