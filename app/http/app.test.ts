import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { StoreUnavailable } from "../room/ports/store.ts";
import { refusalIn, testHttp } from "../testing/http-app.ts";
import type { createApp } from "./app.ts";

testHttp("E1 an unknown route of the API is refused with JSON", async (open) => {
	const app = await open({ adminToken: "admin" });
	for (const [method, path] of [
		["GET", "/api/"],
		["GET", "/api/nothing"],
		["GET", "/api/notice"],
		["PUT", "/api/session/code"],
		["POST", "/api/rooms"],
		["GET", "/api/rooms/lobby"],
		["GET", "/api/__proto__"],
		["GET", `/api/${"x".repeat(5_000)}`],
		["OPTIONS", "/api/session"],
	] as const) {
		const response = await app.request(path, { method });
		assert.equal(response.status, 404, `${method} ${path}`);
		const error = await refusalIn(response);
		assert.deepEqual(Object.keys(error).sort(), ["code", "message", "retryable"]);
		assert.equal(response.headers.get("access-control-allow-origin"), null);
	}
});

testHttp("E1 a bug gives a response and a log line without user content", async (open) => {
	const bug = new Error("a bug");
	const app = await open({
		deps: {
			limitSignIns() {
				throw bug;
			},
		},
	});
	const response = await app.post("/api/session?name=Ada", { name: "Ada" });
	assert.equal(response.status, 500);
	const error = await refusalIn(response);
	assert.equal(error.code, "internal");
	assert.doesNotMatch(error.message, /a bug/);
	assert.deepEqual(app.recorded.errors, [{ error: bug, request: "POST /api/session" }]);
	assert.deepEqual(app.recorded.refused, ["internal"]);
});

testHttp("E1 an unavailable store is refused as retryable, and its failure is reported for the log", async (open) => {
	const app = await open({ adminToken: "admin" });
	app.store.removeRoom = () => Promise.reject(new StoreUnavailable("disk full"));
	const response = await app.request("/api/rooms/lobby", {
		method: "DELETE",
		headers: { authorization: "Bearer admin" },
	});
	assert.equal(response.status, 503);
	assert.equal(response.headers.get("retry-after"), "1");
	assert.equal((await refusalIn(response)).code, "unavailable");
	assert.deepEqual(
		app.recorded.errors.map(({ error }) => String(error)),
		["StoreUnavailable: disk full"],
	);
});

test("the app needs web standards only: it responds in a context without Node's globals", async () => {
	const { outputFiles, metafile } = await build({
		entryPoints: [fileURLToPath(new URL("./app.ts", import.meta.url))],
		bundle: true,
		write: false,
		metafile: true,
		format: "iife",
		globalName: "bundle",
		platform: "neutral",
		mainFields: ["module", "main"],
		external: ["node:*"],
		logLevel: "silent",
	});
	const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
	assert.deepEqual(imports, []);

	const webOnly = {
		Request,
		Response,
		Headers,
		URL,
		TextEncoder,
		TextDecoder,
	};
	const bundle = runInNewContext(`${outputFiles[0]!.text}; bundle`, webOnly) as { createApp: typeof createApp };
	const app = bundle.createApp({
		build: "build-1",
		isDraining: () => false,
		ping: async () => {},
		isStoreFailing: () => false,
		clock: { now: () => 0, monotonic: () => 0, after: () => () => {} },
		trust: { trustProxy: undefined, publicOrigins: [], flyApp: undefined },
		page: { file: () => undefined },
		metrics: { refused() {} },
		chat: { bans: { refusal: () => undefined }, people: { access: "open", entryRefusal: () => undefined } },
		remoteAddress: () => undefined,
	} as unknown as Parameters<typeof createApp>[0]);
	const response = await app.fetch(new Request("http://chat.local/readyz"));
	assert.deepEqual(await response.json(), { status: "ready", build: "build-1" });
	assert.equal((await app.fetch(new Request("http://chat.local/api/session"))).status, 401);
});
