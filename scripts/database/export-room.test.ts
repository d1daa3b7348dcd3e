import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Content } from "../../app/protocol/message.ts";
import type { User } from "../../app/protocol/session.ts";
import { openStore } from "../../app/store/open.ts";
import { runScript } from "../deploy/testing/fake-fly.ts";

const ROOM = "library";
const author = { id: "ada", name: 'Ada <script>alert("1")</script>' };

/** A database with these messages, open in another connection as if a server were running. */
async function database(t: TestContext, messages: Content[]) {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-export-"));
	const databasePath = join(folder, "hubbub.db");
	const store = await openStore({ databasePath });
	t.after(async () => {
		await store.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const createdAt = Date.UTC(2026, 0, 2, 3, 4, 5);
	await store.append(
		messages.map((content) => ({ kind: "message", room: ROOM, author, clientId: randomUUID(), content, createdAt })),
	);
	const env = {
		PATH: process.env.PATH,
		NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
		DATABASE_PATH: databasePath,
	};
	return { store, folder, run: (...args: string[]) => runScript("export-room.ts", args, "", env) };
}

test("a JSON Lines export contains the messages in order, without removed ones", async (t) => {
	const many = Array.from({ length: 1_234 }, (_, index) => ({ body: `text ${index}\nof two lines` }));
	const { store, folder, run } = await database(t, many);
	await store.append([{ kind: "removal", room: ROOM, target: 2, createdAt: 1 }]);
	const file = join(folder, "room.jsonl");
	const { code, output } = await run(" LIBRARY ", file);
	assert.equal(code, 0, output);
	assert.equal(statSync(file).mode & 0o777, 0o600, "it is its owner's only");
	const messages = readFileSync(file, "utf8")
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line));
	assert.equal(messages.length, 1_233);
	assert.deepEqual(messages[0], { seq: 1, rev: 1, author, createdAt: Date.UTC(2026, 0, 2, 3, 4, 5), ...many[0] });
	assert.deepEqual(messages[1].seq, 3);
});

test("an export contains edited texts, replies and reactions", async (t) => {
	const { store, folder, run } = await database(t, [{ body: "helo" }, { body: "hi" }]);
	const by = (user: User) => ({ room: ROOM, target: 1, user, clientId: randomUUID(), createdAt: 5 });
	const ben = { id: "ben", name: "Ben" };
	await store.append([
		{ kind: "edit", body: "hello", notBefore: 0, ...by(author) },
		{ kind: "reaction", emoji: "👍", on: true, ...by(author) },
		{ kind: "reaction", emoji: "👍", on: true, ...by(ben) },
		{ kind: "message", author: ben, content: { body: "yes" }, reply: 1, mentions: ["ada"], ...by(ben) },
	]);
	const jsonl = join(folder, "room.jsonl");
	assert.equal((await run(ROOM, jsonl)).code, 0);
	const lines = readFileSync(jsonl, "utf8").trimEnd().split("\n");
	const createdAt = Date.UTC(2026, 0, 2, 3, 4, 5);
	const reactions = [{ emoji: "👍", count: 2, users: [author, ben] }];
	assert.deepEqual(
		lines.map((line) => JSON.parse(line)),
		[
			{ seq: 1, rev: 6, author, createdAt, body: "hello", editedAt: 5, replies: 1, reactions },
			{ seq: 2, rev: 2, author, createdAt, body: "hi" },
			{ seq: 6, rev: 6, author: ben, createdAt: 5, body: "yes", reply: 1, root: 1, mentions: ["ada"] },
		],
	);
	const page = join(folder, "room.html");
	assert.equal((await run(ROOM, page)).code, 0);
	const html = readFileSync(page, "utf8");
	assert.match(html, /<bdi>hello<\/bdi><small>\(edited\)<\/small><small>👍&nbsp;2<\/small><\/p>/);
	assert.match(html, /<bdi>yes<\/bdi><small><a href="#1">\(reply\)<\/a><\/small>/);
	assert.doesNotMatch(html, /helo/);
});

test("an HTML export shows messages as text and makes no requests", async (t) => {
	const { folder, run } = await database(t, [
		{ body: '<img src=x onerror=alert(1)> & "quotes"' },
		{ location: { latitude: 52.5, longitude: 13.4 } },
	]);
	const file = join(folder, "room.html");
	assert.equal((await run(ROOM, file)).code, 0);
	const html = readFileSync(file, "utf8");
	assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt; &amp; &quot;quotes&quot;/);
	assert.match(html, /Ada &lt;script&gt;/);
	assert.match(html, /<h2>2026-01-02<\/h2>/);
	assert.match(html, /52\.5, 13\.4/);
	assert.match(html, /default-src 'none'/);
	assert.doesNotMatch(html, /<script|<img|<link|https?:/);
});

test("a failed export reports the reason, and overwrites nothing", async (t) => {
	const { folder, run } = await database(t, [{ body: "hello" }]);
	const file = join(folder, "room.jsonl");
	assert.equal((await run(ROOM, file)).code, 0);
	const cases: [args: string[], code: number, says: RegExp][] = [
		[[ROOM, file], 1, /already exists/],
		[["attic", join(folder, "attic.jsonl")], 1, /There is no room "attic"/],
		[[ROOM, join(folder, "room.txt")], 2, /has to end in \.jsonl or \.html/],
		[[ROOM], 2, /Give a room and a file/],
		[["\u200b", file], 2, /visible character/],
	];
	for (const [args, code, says] of cases) {
		const tried = await run(...args);
		assert.equal(tried.code, code, tried.output);
		assert.match(tried.output, says);
		assert.doesNotMatch(tried.output, /^ +at .*:\d+:\d+/m);
	}
});
