import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { freePort } from "../local-server/free-port.ts";
import { untilReady } from "../local-server/run-server.ts";
import { root } from "../root.ts";
import { DENO } from "../setup/pins.mjs";
import { provideTool } from "../setup/tools.mjs";

const entry = join(root, "scripts", "runtimes", "http-part.ts");
type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** Signs in, is known by the cookie, signs out and is not any more; and a mistake gets its sentence. */
async function walkThrough(ask: Fetch): Promise<void> {
	const headers = { "content-type": "application/json" };
	const signedIn = await ask("/api/session", { method: "POST", headers, body: JSON.stringify({ name: "Ada" }) });
	assert.equal(signedIn.status, 201);
	const cookie = signedIn.headers.getSetCookie()[0]!.split(";")[0]!;
	const known = await ask("/api/session", { headers: { cookie } });
	assert.equal(((await known.json()) as { user: { name: string } }).user.name, "Ada");
	assert.equal((await ask("/api/session", { method: "DELETE", headers: { cookie } })).status, 204);
	assert.equal((await ask("/api/session", { headers: { cookie } })).status, 401);
	assert.equal((await ask("/api/session", { method: "POST", headers, body: "{" })).status, 400);
	assert.deepEqual(await (await ask("/readyz")).json(), { status: "ready", build: "http-part" });
}

test("Deno.serve serves the HTTP part", async (t) => {
	const deno = await provideTool(root, "deno", DENO);
	const port = await freePort();
	const args = ["serve", "--no-check", "--host=127.0.0.1", `--port=${port}`, "--allow-env", "--allow-read", entry];
	const child = spawn(deno, args, { stdio: "ignore", cwd: root });
	t.after(() => child.kill());
	const url = `http://127.0.0.1:${port}`;
	await untilReady(url, child);
	await walkThrough((path, init) => fetch(`${url}${path}`, init));
});

test("bundled for a runtime that has web standards and nothing of Node, the HTTP part works", async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-runtime-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const outfile = join(folder, "http-part.mjs");
	// A neutral platform has no built-in modules: a node: import anywhere would fail the build.
	await build({
		entryPoints: [entry],
		outfile,
		bundle: true,
		format: "esm",
		platform: "neutral",
		mainFields: ["module", "main"],
		logLevel: "silent",
	});
	const { default: worker } = (await import(pathToFileURL(outfile).href)) as typeof import("./http-part.ts");
	await walkThrough(async (path, init) => worker.fetch(new Request(`http://chat.example${path}`, init)));
});
