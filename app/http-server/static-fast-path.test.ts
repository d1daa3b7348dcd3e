import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { LazyListener } from "./lazy-listener.ts";
import { staticFastPath } from "./static-fast-path.ts";

const fromApp: RequestListener = (_, outgoing) => outgoing.writeHead(201).end("app");

async function open(t: TestContext, load: () => Promise<RequestListener>) {
	const clock = new ManualClock();
	const errors: unknown[] = [];
	const app = new LazyListener(load, (error) => errors.push(error));
	const fastPath = (path: string) => {
		if (path === "/broken") throw new Error("a bug");
		return path === "/readyz" ? { status: 200 as const, headers: { ETag: '"1"' }, body: "plain" } : undefined;
	};
	const server = createServer(staticFastPath({ fastPath, app, trust: { trustProxy: 1 }, clock }));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const ask = async (path: string, init?: RequestInit) => {
		const response = await fetch(origin + path, init);
		return { status: response.status, text: await response.text(), headers: response.headers };
	};
	return { ask, clock, errors };
}

test("the fast path responds before the app is loaded, and the app is loaded soon after", async (t) => {
	let loads = 0;
	const { ask, clock } = await open(t, async () => {
		loads++;
		return fromApp;
	});
	const { status, text, headers } = await ask("/readyz", { headers: { "x-forwarded-proto": "https" } });
	assert.deepEqual([status, text, headers.get("etag")], [200, "plain", '"1"']);
	assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
	assert.match(headers.get("strict-transport-security") ?? "", /max-age/);
	assert.equal(loads, 0);
	clock.advance(100);
	assert.equal(loads, 1);
	assert.equal((await ask("/api/session")).text, "app");
	assert.equal(loads, 1);
});

test("the app handles other methods, queries, escapes, unknown paths and failures", async (t) => {
	const { ask } = await open(t, async () => fromApp);
	for (const path of ["/nothing", "/readyz?x", "/%72eadyz", "/broken"])
		assert.equal((await ask(path)).text, "app", path);
	assert.equal((await ask("/readyz", { method: "POST", body: "x" })).text, "app");
	assert.equal((await ask("/readyz", { method: "HEAD" })).status, 201);
});

test("a failure to load the app is logged, and the next request loads it again", async (t) => {
	let isThere = false;
	const { ask, errors } = await open(t, async () => {
		if (!isThere) throw new Error("no such file");
		return fromApp;
	});
	assert.equal((await ask("/api/session")).status, 500);
	assert.equal(errors.length, 1);
	isThere = true;
	assert.equal((await ask("/api/session")).text, "app");
	assert.equal((await ask("/readyz")).text, "plain");
});
