/** Refusals that our own server gives rarely, from a bare Socket.IO server that gives them at once. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { Server } from "socket.io";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { createConnection } from "./connection.ts";
import { until } from "./testing/until.ts";

/** Refuses as often as there are refusals, and then lets in; answers its address and when it was asked. */
async function refuser(t: TestContext, refusals: Refusal[]) {
	const http = createServer();
	const io = new Server(http);
	const asked: number[] = [];
	io.use((_socket, next) => {
		asked.push(Date.now());
		const data = refusals.shift();
		next(data && Object.assign(new Error(data.code), { data }));
	});
	http.listen(0, "127.0.0.1");
	await once(http, "listening");
	t.after(() => io.close());
	return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, asked };
}

test("S5 a page that is too old is reloaded, and tries nothing while it is", async (t) => {
	const stale: Refusal = { code: "stale_client", message: "Reload the page.", retryable: false };
	const { url, asked } = await refuser(t, [stale]);
	let reloads = 0;
	const reload = () => {
		reloads++;
		return true;
	};
	const connection = createConnection({ url, reload, random: () => 0 });
	t.after(() => connection.close());
	connection.open();
	await until(() => reloads === 1, "the page is reloaded");
	assert.equal(asked.length, 1);
	assert.equal(connection.status.value, "connecting");
});

test("S5 a page that is too old even after that says so", async (t) => {
	const stale: Refusal = { code: "stale_client", message: "Reload the page.", retryable: false };
	const { url } = await refuser(t, [stale]);
	const connection = createConnection({ url, reload: () => false });
	t.after(() => connection.close());
	connection.open();
	await until(() => connection.status.value === "refused", "refused");
	assert.equal(connection.refusal.value?.message, "Reload the page.");
	connection.retry();
	await until(() => connection.status.value === "online", "online when the person tries again");
});

test("a server that says when to come back is not asked before", async (t) => {
	const busy: Refusal = { code: "rate_limited", message: "Too many.", retryable: true, retryAfterMs: 300 };
	const { url, asked } = await refuser(t, [busy]);
	const connection = createConnection({ url, random: () => 0 });
	t.after(() => connection.close());
	connection.open();
	await until(() => connection.status.value === "online", "online");
	assert.equal(asked.length, 2);
	// A timer may fire a moment early by the other clock.
	assert.ok(asked[1]! - asked[0]! >= 290, `came back after ${asked[1]! - asked[0]!} ms`);
});
