import assert from "node:assert/strict";
import { test } from "node:test";
import { linkify } from "./linkify.ts";

/** Returns the linked parts of a text. */
function linked(text: string): string[] {
	const parts = linkify(text);
	assert.equal(parts.map((part) => part.text).join(""), text, "the parts are the whole text");
	return parts.filter((part) => part.href !== undefined).map((part) => part.text);
}

test("a plain text is one part without a link", () => {
	assert.deepEqual(linkify("see you at 5:30"), [{ text: "see you at 5:30" }]);
	assert.deepEqual(linkify(""), []);
});

test("http, https, mailto and www are linked", () => {
	assert.deepEqual(linkify("go to https://example.org/a?b=c#d now"), [
		{ text: "go to " },
		{ text: "https://example.org/a?b=c#d", href: "https://example.org/a?b=c#d" },
		{ text: " now" },
	]);
	assert.deepEqual(linked("HTTP://EXAMPLE.ORG and mailto:ada@example.org"), [
		"HTTP://EXAMPLE.ORG",
		"mailto:ada@example.org",
	]);
	assert.equal(linkify("www.example.org")[0]?.href, "https://www.example.org/");
});

test("trailing punctuation is not part of a link", () => {
	for (const after of [".", ",", "!", "?", "...", ";", ":", "?!", "’", "…", '"', ">", "*", ").", ")]"]) {
		assert.deepEqual(linked(`see https://example.org/path${after}`), ["https://example.org/path"], after);
	}
});

test("a closing bracket is part of a link that has opened it", () => {
	assert.deepEqual(linked("(https://en.wikipedia.org/wiki/Chat_(disambiguation))"), [
		"https://en.wikipedia.org/wiki/Chat_(disambiguation)",
	]);
	assert.deepEqual(linked("[https://example.org]"), ["https://example.org"]);
});

test("a link ends before white space and before punctuation of any script", () => {
	for (const after of ["，这是", "、次", "。", "」", "）", "؟", "،", "।", "”", "»", "…", "\u3000x"])
		assert.deepEqual(linked(`https://example.org/路径${after}`), ["https://example.org/路径"], after);
	assert.deepEqual(linked("https://ca.wikipedia.org/wiki/Paral·lel–L’Art"), [
		"https://ca.wikipedia.org/wiki/Paral·lel–L’Art",
	]);
});

test("a longer address than 2,048 characters stays text", () => {
	assert.deepEqual(linked(`www.example.org/${"a".repeat(2_032)}`).length, 1);
	assert.deepEqual(linked(`www.example.org/${"a".repeat(2_033)}`), []);
});

test("a long run of brackets does not take quadratic time", () => {
	assert.deepEqual(linked(`https://example.org/${")".repeat(4_000)}`), ["https://example.org/"]);
});

test("brackets take about as long as letters", () => {
	const costOf = (character: string) => {
		const text = `www.example.org/${character.repeat(2_000)}`;
		const costs = Array.from({ length: 10 }, () => {
			const start = performance.now();
			for (let times = 0; times < 20; times++) linkify(text);
			return performance.now() - start;
		});
		return Math.min(...costs);
	};
	const [letters, brackets] = [costOf("a"), costOf(")")];
	assert.ok(brackets < 5 * letters, `${brackets} ms for brackets, ${letters} ms for letters`);
});

test("other schemes, bare schemes and invalid URLs stay text", () => {
	for (const text of [
		"javascript:alert(1)",
		"data:text/html,<script>alert(1)</script>",
		"file:///etc/passwd",
		"vbscript:msgbox",
		"https://",
		"http://[",
		"mailto:",
		"xhttps://example.org",
		"example.org",
	]) {
		assert.deepEqual(linked(text), [], text);
	}
});

test("a URL with a user name stays text", () => {
	assert.deepEqual(linked("https://bank.example@evil.example/"), []);
	assert.deepEqual(linked("https://user:secret@example.org/"), []);
});

test("bidi controls end a link, so that they cannot reverse it", () => {
	assert.deepEqual(linked("https://example.org/\u202egpj.exe"), ["https://example.org/"]);
});

test("markup around a link stays text", () => {
	assert.deepEqual(linked('<a href="https://example.org">x</a>'), ["https://example.org"]);
});
