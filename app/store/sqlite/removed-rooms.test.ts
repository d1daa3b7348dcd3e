import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { fill } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

const ENTRIES = 20_000;
const TIMEOUT_MS = 60_000;

test("a start does not wait for the deletion of a removed room, which goes on beside appends", async (t) => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	t.after(dispose);
	await fill(store, "large", ENTRIES);
	await store.close();
	const db = new DatabaseSync(databasePath);
	t.after(() => db.close());
	const left = () => Number(db.prepare("SELECT count(*) AS n FROM entries WHERE room_id = 1").get()?.n);
	// As a process leaves it that is killed during the removal.
	db.exec("UPDATE rooms SET name = NULL WHERE name = 'large'");
	const next = await openStore({ databasePath });
	t.after(() => next.close());
	assert.ok(left() > 0, "the start waited");
	await fill(next, "large", 1);
	assert.equal((await next.open("large", 10)).seq, 1);
	for (const deadline = Date.now() + TIMEOUT_MS; left() > 0; ) {
		assert.ok(Date.now() < deadline, `${left()} entries are left`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
});

test("the removal of a large room is acknowledged before its entries are deleted", async (t) => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	t.after(dispose);
	await fill(store, "large", ENTRIES);
	assert.equal(await store.removeRoom("large"), true);
	const db = new DatabaseSync(databasePath, { readOnly: true });
	t.after(() => db.close());
	assert.ok(Number(db.prepare("SELECT count(*) AS n FROM entries").get()?.n) > 0);
	assert.deepEqual(await store.rooms(10), []);
});
