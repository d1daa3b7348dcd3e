import assert from "node:assert/strict";
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { test } from "node:test";
import { StoreDamaged } from "../../room/ports/store.ts";
import { fill } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

const PAGE_BYTES = 4_096;
/** More than the schema and the roots of all tables take; the entries take hundreds. */
const SPARED_PAGES = 100;

test("a read that meets a damaged page rejects with its cause, as one that no repetition helps", async (t) => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	t.after(dispose);
	await fill(store, "lobby", 5_000);
	await store.close();
	const file = openSync(databasePath, "r+");
	// All pages but those with the schema and the rooms.
	for (let at = SPARED_PAGES * PAGE_BYTES; at < statSync(databasePath).size; at += PAGE_BYTES)
		writeSync(file, Buffer.alloc(PAGE_BYTES, 0xaa), 0, PAGE_BYTES, at);
	closeSync(file);
	const damaged = await openStore({ databasePath });
	t.after(() => damaged.close());
	await assert.rejects(damaged.history("lobby", { limit: 100 }), (error: Error) => {
		assert.ok(error instanceof StoreDamaged, String(error));
		assert.match(String(error.cause), /malformed/);
		return true;
	});
});
