import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { root } from "./root.ts";

/** Runs inside the server, before it. */
const TELL_MODULES = `process.on("SIGUSR2", () => console.log(JSON.stringify({ modules: process.moduleLoadList })));`;

test("the bundle starts where there is nothing but Node: page, store and build id included", async (t) => {
	for (const script of ["build-page.ts", "build-server.ts"]) {
		execFileSync(process.execPath, [join(root, "scripts", script)], { stdio: "pipe" });
	}
	const folder = mkdtempSync(join(tmpdir(), "hubbub-bundle-"));
	cpSync(join(root, "dist"), folder, { recursive: true });
	// Whoever has SQLite does not load PostgreSQL's driver: without it, everything still starts.
	const driver = readdirSync(folder).filter((file) => file.startsWith("postgres-store-"));
	assert.equal(driver.length, 1);
	rmSync(join(folder, driver[0]!));
	const look = join(folder, "look.cjs");
	writeFileSync(look, TELL_MODULES);
	const server = spawn(process.execPath, ["--require", look, "main.mjs"], {
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

	let origin = "";
	let build = "";
	for await (const line of createInterface({ input: server.stdout })) {
		const told = JSON.parse(line);
		if (told.msg === "listening") {
			origin = `http://127.0.0.1:${told.port}`;
			build = told.build;
			server.kill("SIGUSR2");
		}
		if (told.modules === undefined) continue;
		// Whoever wakes it up does not wait for what takes longer to load than all the rest.
		assert.ok(told.modules.includes("NativeModule http"));
		assert.ok(!told.modules.includes("NativeModule internal/deps/undici/undici"));
		assert.match(build, /^[0-9a-z]+/);
		assert.notEqual(build, "source");
		assert.deepEqual(await (await fetch(`${origin}/readyz`)).json(), { status: "ready", build });
		assert.match(await (await fetch(`${origin}/`)).text(), /src="\/assets\/main-/);
		assert.equal((await fetch(`${origin}/api/session`)).status, 401);
		server.kill("SIGTERM");
	}
	assert.equal(await ended, 0);
});
