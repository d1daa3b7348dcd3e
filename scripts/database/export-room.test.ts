import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Content } from "../../app/protocol/message.ts";
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
	const messages = readFileSync(file, "utf8")
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line));
	assert.equal(messages.length, 1_233);
	assert.deepEqual(messages[0], { seq: 1, author, createdAt: Date.UTC(2026, 0, 2, 3, 4, 5), ...many[0] });
	assert.deepEqual(messages[1].seq, 3);
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
