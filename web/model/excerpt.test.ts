import assert from "node:assert/strict";
import { test } from "node:test";
import { excerptOf, textOrFiles } from "./excerpt.ts";

test("an excerpt is one line of bounded length, and cuts no character in two", () => {
	assert.equal(excerptOf(" one\n\ttwo  three ", 120), "one two three");
	assert.equal(excerptOf("x".repeat(121), 120), `${"x".repeat(120)}…`);
	assert.equal(excerptOf("x".repeat(120), 120), "x".repeat(120));
	assert.equal(excerptOf(`${"x".repeat(39)}😀 and more`, 40), `${"x".repeat(39)}…`);
});

test("a message without a text is named by its files", () => {
	const file = (type: string, name: string) => ({ id: name, name, type, bytes: 1 });
	const photo = file("image/png", "a.png");
	const report = file("application/octet-stream", "report.pdf");
	assert.equal(textOrFiles("look", [photo]), "look");
	assert.equal(textOrFiles("", [photo]), "Photo");
	assert.equal(textOrFiles("", [photo, photo]), "2 photos");
	assert.equal(textOrFiles("", [report]), "report.pdf");
	assert.equal(textOrFiles("", [photo, report]), "2 files");
});
