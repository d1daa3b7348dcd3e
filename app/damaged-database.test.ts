/** A real process whose database was damaged while it was stopped, as by a failing disk. */
import assert from "node:assert/strict";
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ServerProcess } from "../load/kit/server-process.ts";
import { signIn } from "../load/kit/sign-in.ts";
import { TempFolder } from "../load/kit/temp-folder.ts";
import { fill } from "./store/contract/fixture.ts";
import { openStore } from "./store/open.ts";
import { TestClient } from "./testing/client.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const command: [string, ...string[]] =
	"Deno" in globalThis ? [process.execPath, "run", "--allow-all", MAIN] : [process.execPath, MAIN];
const PAGE_BYTES = 4_096;
/** More than the schema and the roots of all tables take; the entries take hundreds. */
const SPARED_PAGES = 100;

async function isAlive(url: string): Promise<boolean> {
	const response = await fetch(`${url}/livez`).catch(() => undefined);
	await response?.body?.cancel();
	return response?.ok === true;
}

test("a damaged database is in the log with its cause, not ready, and refused as not retryable", async (t) => {
	const folder = new TempFolder("hubbub-damaged-");
	t.after(() => folder[Symbol.dispose]());
	const databasePath = folder.file("hubbub.db");
	const store = await openStore({ databasePath });
	await fill(store, "lobby", 5_000);
	await store.close();
	const file = openSync(databasePath, "r+");
	for (let at = SPARED_PAGES * PAGE_BYTES; at < statSync(databasePath).size; at += PAGE_BYTES)
		writeSync(file, Buffer.alloc(PAGE_BYTES, 0xaa), 0, PAGE_BYTES, at);
	closeSync(file);

	// Whatever reads the damaged pages first, the server is not ready from then on.
	await using server = await ServerProcess.start({ command, folder: folder.path, isReady: isAlive });
	const ada = new TestClient(server.url, await signIn(server.url, "Ada"));
	await ada.connected();
	const ack = await ada.request("room:join", { room: "lobby" });
	assert.deepEqual(ack.ok || [ack.error.code, ack.error.retryable], ["unavailable", false]);
	ada.close();
	const ready = await fetch(`${server.url}/readyz`);
	assert.equal(ready.status, 503, await ready.text());
	assert.match(server.output(), /malformed/);
});
