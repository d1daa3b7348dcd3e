import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { waitFor } from "../../../load/kit/wait-for.ts";
import type { Store } from "../../room/ports/store.ts";
import { queryOf } from "../../room/search/query.ts";
import { ADA, edit, removal, storeTest, text } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { TokenHashes } from "../token-hashes.ts";
import { restore } from "./restore.ts";
import { searchFileOf } from "./search-file.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

const PAGE_BYTES = 4_096;
/** The pause before an erasure depends on the duration of the former one. */
const PATIENT = { timeoutMs: 120_000 };

async function indexAll(store: Store): Promise<void> {
	while ((await store.searchIndex.indexStep()).more);
}

async function textsOf(store: Store, words: string): Promise<(string | undefined)[]> {
	await indexAll(store);
	const query = queryOf({ text: words });
	const { hits } = await store.searchIndex.search({ query, rooms: ["lobby"], limit: 10, viewer: ADA.id });
	return hits.map(({ message }) => message.body);
}

/** Returns the bytes of the index and of its write-ahead log. */
function bytesOf(databasePath: string): string {
	const files = ["", "-wal"].map((suffix) => searchFileOf(databasePath) + suffix).filter(existsSync);
	return files.map((file) => readFileSync(file, "latin1")).join("");
}

/** Returns the part of a word's hash that the index has in full: it leaves out the beginning that it shares with the former one. */
function hashOf(databasePath: string, word: string): string {
	const db = new DatabaseSync(databasePath, { readOnly: true });
	const key = String(db.prepare("SELECT value FROM meta WHERE key = 'search_key'").get()?.value);
	db.close();
	return new TokenHashes(key).ofQuery(queryOf({ text: word }))[0]!.slice(3);
}

storeTest("SQLite", "Q2 the index has no byte of a text", openTemporaryStore, async ({ store, databasePath }) => {
	await store.append([text("lobby", "confidential plans"), text("lobby", "whispered"), text("lobby", "kept aloud")]);
	assert.deepEqual(await textsOf(store, "conf"), ["confidential plans"]);
	await store.append([edit("lobby", 1, "harmless"), removal("lobby", 2)]);
	assert.deepEqual(await textsOf(store, "kept"), ["kept aloud"]);
	for (const word of ["confid", "plans", "whisp", "harml", "aloud"])
		assert.ok(!bytesOf(databasePath).includes(word), word);
});

storeTest(
	"SQLite",
	"Q2 the hashes of removed and edited texts are erased from the file, also after a restart",
	openTemporaryStore,
	async ({ store, databasePath, reopen }) => {
		const isThere = (word: string) => bytesOf(databasePath).includes(hashOf(databasePath, word));
		await store.append([text("lobby", "confidential"), text("lobby", "whispered"), text("lobby", "aloud")]);
		await indexAll(store);
		for (const word of ["confidential", "whispered", "aloud"]) assert.ok(isThere(word), word);
		await store.append([removal("lobby", 1), edit("lobby", 2, "harmless")]);
		await indexAll(store);
		const reopened = await reopen();
		await indexAll(reopened);
		await waitFor("the hashes are erased", () => !isThere("confidential") && !isThere("whispered"), PATIENT);
		assert.ok(isThere("aloud"));
		assert.deepEqual(await textsOf(reopened, "harm"), ["harmless"]);
		await reopened.removeRoom("lobby");
		await waitFor("the hashes of the room are erased", () => !isThere("aloud") && !isThere("harmless"), PATIENT);
	},
);

storeTest(
	"SQLite",
	"Q2 a damaged index is built again",
	openTemporaryStore,
	async ({ store, databasePath, reopen }) => {
		const path = searchFileOf(databasePath);
		await store.append([text("lobby", "still here")]);
		assert.deepEqual(await textsOf(store, "still"), ["still here"]);
		await store.close();
		writeFileSync(path, "not a database ".repeat(1_000));
		const reopened = await reopen();
		assert.deepEqual(await textsOf(reopened, "still"), ["still here"]);
		await reopened.close();
		const bytes = readFileSync(path);
		writeFileSync(path, bytes.fill("x", PAGE_BYTES));
		const again = await reopen();
		await again.append([text("lobby", "still there")]);
		assert.deepEqual(await textsOf(again, "still"), ["still there", "still here"]);
	},
);

test("Q2 after a restore only what the backup has is found", async () => {
	const { store, databasePath, backupPath, dispose } = await openTemporaryStore();
	try {
		await store.append([text("lobby", "word before")]);
		await store.backup(backupPath);
		await store.append([text("lobby", "word after")]);
		assert.deepEqual(await textsOf(store, "word"), ["word after", "word before"]);
		await store.close();
		restore(backupPath, databasePath, { force: true });
		const restored = await openStore({ databasePath });
		await restored.append([text("lobby", "another word")]);
		assert.deepEqual(await textsOf(restored, "word"), ["another word", "word before"]);
		await restored.close();
	} finally {
		await dispose();
	}
});
