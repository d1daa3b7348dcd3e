import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { text, upTo } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

const MESSAGES = 4_000;
const BODY = "x".repeat(4_000);
const MIB = 1_048_576;

/** Returns a store of 16 MB of messages in one room. */
async function openLarge() {
	const { store, databasePath, dispose } = await openTemporaryStore();
	for (let from = 1; from <= MESSAGES; from += 500)
		await store.append(upTo(from + 499, from).map((at) => text("large", BODY, { createdAt: at })));
	return { store, databasePath, dispose, mib: () => statSync(databasePath).size / MIB };
}

test("retention gives the space of the deleted messages back, and the rest stays whole", async (t) => {
	const { store, databasePath, dispose, mib } = await openLarge();
	t.after(dispose);
	assert.equal(await store.prune(MESSAGES - 100), MESSAGES - 101);
	assert.ok(mib() < 8, `${mib()} MiB`);
	assert.equal((await store.since("large", 0, 500)).entries.length, 101);
	await store.close();
	const db = new DatabaseSync(databasePath);
	t.after(() => db.close());
	assert.equal(db.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
});

test("a file of an earlier version shrinks too, once it has been opened", async (t) => {
	const { store, databasePath, dispose, mib } = await openLarge();
	t.after(dispose);
	await store.close();
	const earlier = new DatabaseSync(databasePath);
	earlier.exec("PRAGMA auto_vacuum = NONE; VACUUM");
	earlier.close();
	const next = await openStore({ databasePath });
	t.after(() => next.close());
	assert.equal((await next.open("large", 1)).seq, MESSAGES);
	assert.equal(await next.prune(MESSAGES + 1), MESSAGES);
	assert.ok(mib() < 8, `${mib()} MiB`);
	const [outcome] = await next.append([text("large", "next")]);
	assert.equal(outcome?.outcome === "appended" && outcome.entry.seq, MESSAGES + 1);
});
