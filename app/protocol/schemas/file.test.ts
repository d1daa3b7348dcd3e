import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { MAX_FILE_NAME_CHARS } from "../limits.ts";
import { cleanFileName, UploadQuerySchema } from "./file.ts";
import { MessageSendSchema } from "./message.ts";

test("F2 the name of a file is a text, never a path", () => {
	for (const [raw, name] of [
		["fox.png", "fox.png"],
		["../../etc/passwd", "passwd"],
		["C:\\Users\\Ada\\fox.png", "fox.png"],
		["gr\u006f\u0308\u00dfe.png", "größe.png"],
		["photo\u202egnp.exe", "photognp.exe"],
		["a\u0000b\r\nc\ud800.txt", "abc.txt"],
		["  spaced out.txt ", "spaced out.txt"],
		["", "file"],
		["..", "file"],
		["a/..", "file"],
		["\u200b\u2060", "file"],
		["folder/", "file"],
		[".profile", ".profile"],
		['"quoted".md', '"quoted".md'],
	] as const)
		assert.equal(cleanFileName(raw), name, JSON.stringify(raw));
});

test("F2 a long name keeps its extension", () => {
	const long = cleanFileName(`${"x".repeat(300)}.tar.gz`);
	assert.deepEqual([long.length, long.slice(-5)], [MAX_FILE_NAME_CHARS, "xx.gz"]);
	assert.equal(cleanFileName("🦊".repeat(200)).replace(/🦊/gu, ""), "");
	assert.equal(cleanFileName(`x.${"y".repeat(300)}`).length, MAX_FILE_NAME_CHARS);
});

test("F2 the query of an upload", () => {
	const parse = (query: object) => v.safeParse(UploadQuerySchema, query);
	assert.deepEqual(parse({ room: "Lobby" }).output, { room: "lobby", name: "file" });
	const full = { room: "lobby", name: "a.png", alt: " a fox ", thumbhash: "3OcRJYB4d3h/iIeHeEh3eIhw+j2w" };
	assert.deepEqual(parse(full).output, { ...full, alt: "a fox" });
	for (const wrong of [
		{ name: "a" },
		{ room: "" },
		{ room: "lobby", name: "x".repeat(10_000) },
		{ room: "lobby", alt: "x".repeat(1_001) },
		{ room: "lobby", alt: "\u0007" },
		{ room: "lobby", thumbhash: "<b>" },
		{ room: "lobby", thumbhash: "A".repeat(60) },
	])
		assert.equal(parse(wrong).success, false, JSON.stringify(wrong).slice(0, 80));
});

test("F3 a message has files with a text or without one", () => {
	const [a, b] = ["0".repeat(32), "f".repeat(32)];
	const clientId = "0f7388b4-5a77-4c3e-9d7c-0a1b2c3d4e5f";
	const send = (fields: object) => v.safeParse(MessageSendSchema, { room: "lobby", clientId, ...fields });
	const output = (fields: object) => send(fields).output as { content: object; files?: string[] };
	assert.deepEqual(output({ files: [a, b] }), { room: "lobby", clientId, files: [a, b], content: { body: "" } });
	assert.deepEqual(output({ files: [a], body: "look" }).content, { body: "look" });
	assert.deepEqual(output({ files: [a], body: " \u200b" }).content, { body: "" });
	assert.equal("files" in output({ files: [], body: "x" }), false);
	for (const wrong of [
		{},
		{ files: [] },
		{ files: [], body: " " },
		{ files: [a, a] },
		{ files: ["../x"] },
		{ files: [a.slice(1)] },
		{ files: [7] },
		{ files: a },
		{ files: Array.from({ length: 11 }, (_, n) => n.toString(16).repeat(32)), body: "x" },
		{ files: [a], location: { latitude: 1, longitude: 1 } },
		{ files: [a], body: "\u0007" },
	])
		assert.equal(send(wrong).success, false, JSON.stringify(wrong));
});
