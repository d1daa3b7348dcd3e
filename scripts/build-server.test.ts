import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { root } from "./root.ts";

test("the bundle starts with nothing but Node, and contains the page, the store and the build id", async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-bundle-"));
	for (const [script, ...args] of [
		["build-page.ts", "--if-stale"],
		["build-server.ts", "--out", folder],
	] as const) {
		execFileSync(process.execPath, [join(root, "scripts", script), ...args], { stdio: "pipe" });
	}
	// On SQLite the server does not load the PostgreSQL driver, so it starts without it.
	const driver = readdirSync(folder).filter((file) => file.startsWith("postgres-store-"));
	assert.equal(driver.length, 1);
	rmSync(join(folder, driver[0]!));
	const server = spawn(process.execPath, ["main.mjs"], {
		cwd: folder,
		env: { PATH: process.env.PATH, PORT: "0", HOST: "127.0.0.1", DATABASE_PATH: join(folder, "data", "hubbub.db") },
		stdio: ["ignore", "pipe", "inherit"],
	});
	const ended = new Promise((resolve) => server.once("close", resolve));
	t.after(async () => {
		server.kill("SIGKILL");
		await ended;
		rmSync(folder, { recursive: true, force: true });
	});

	for await (const line of createInterface({ input: server.stdout })) {
		const { msg, port, build } = JSON.parse(line);
		if (msg !== "listening") continue;
		const origin = `http://127.0.0.1:${port}`;
		assert.match(build, /^[0-9a-z]+/);
		assert.notEqual(build, "source");
		assert.deepEqual(await (await fetch(`${origin}/readyz`)).json(), { status: "ready", build });
		assert.match(await (await fetch(`${origin}/`)).text(), /src="\/assets\/main-/);
		assert.equal((await fetch(`${origin}/api/session`)).status, 401);
		server.kill("SIGTERM");
	}
	assert.equal(await ended, 0);
});
