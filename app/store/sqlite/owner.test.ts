import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { text, wholeLog } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

const OPEN = fileURLToPath(new URL("../open.ts", import.meta.url));

test("one server runs on a file; a second one says so, and the next one starts after kill -9", async (t) => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	t.after(dispose);
	const program = `
		const { openStore } = await import(${JSON.stringify(OPEN)});
		await openStore({ databasePath: ${JSON.stringify(databasePath)}, isServer: true });
		console.log("open");
		setInterval(() => {}, 1_000);`;
	const file = `${databasePath}.server.mjs`;
	writeFileSync(file, program);
	const server = spawn(process.execPath, [file], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	t.after(() => server.kill("SIGKILL"));
	await once(server.stdout, "data");
	await assert.rejects(openStore({ databasePath, isServer: true }), /Another server runs on .* set DATABASE_URL\.$/);
	await store.append([text("lobby", "other programs may still open it")]);
	const gone = once(server, "exit");
	server.kill("SIGKILL");
	await gone;
	const next = await openStore({ databasePath, isServer: true });
	assert.equal((await wholeLog(next, "lobby")).length, 1);
	await next.close();
});

test("the database, its other files and a backup are readable by their owner only", async (t) => {
	const before = process.umask(0o022);
	t.after(() => process.umask(before));
	const { store, databasePath, dispose } = await openTemporaryStore();
	t.after(dispose);
	await store.append([text("lobby", "secret")]);
	await store.backup(`${databasePath}.backup`);
	for (const file of [databasePath, `${databasePath}-wal`, `${databasePath}-shm`, `${databasePath}.backup`])
		assert.equal(statSync(file).mode & 0o777, 0o600, file);
});
