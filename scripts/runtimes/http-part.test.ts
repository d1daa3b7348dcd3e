import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { freePort } from "../../load/kit/free-port.ts";
import { ServerProcess } from "../../load/kit/server-process.ts";
import { root } from "../root.ts";
import { DENO } from "../setup/pins.mjs";
import { provideTool } from "../setup/tools.mjs";

const entry = join(root, "scripts", "runtimes", "http-part.ts");
type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** Signs in, reads the session, signs out, and sends an invalid request. */
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

test("the HTTP application runs under Deno.serve", async (t) => {
	const deno = await provideTool(root, "deno", DENO);
	const port = await freePort();
	const command = [
		deno,
		"serve",
		"--no-check",
		"--host=127.0.0.1",
		`--port=${port}`,
		"--allow-env",
		"--allow-read",
		entry,
	];
	const server = await ServerProcess.start({ port, command, cwd: root });
	t.after(() => server.stop());
	await walkThrough((path, init) => fetch(`${server.url}${path}`, init));
});

test("the HTTP application runs as a bundle that uses web standards only", async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-runtime-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const outfile = join(folder, "http-part.mjs");
	// The neutral platform has no built-in modules, so any node: import fails the build.
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
