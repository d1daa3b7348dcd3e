import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { Server } from "socket.io";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { createServerConnection } from "./server-connection.ts";

/** A Socket.IO server that rejects handshakes with these refusals, one each, and accepts all later ones. */
async function refusingServer(t: TestContext, refusals: Refusal[]) {
	const http = createServer();
	const io = new Server(http);
	const attempts: number[] = [];
	io.use((_socket, next) => {
		attempts.push(Date.now());
		const data = refusals.shift();
		next(data && Object.assign(new Error(data.code), { data }));
	});
	http.listen(0, "127.0.0.1");
	await once(http, "listening");
	t.after(() => io.close());
	return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, attempts };
}

test("S5 a page that is too old is reloaded and makes no further attempt", async (t) => {
	const stale: Refusal = { code: "stale_client", message: "Reload the page.", retryable: false };
	const { url, attempts } = await refusingServer(t, [stale]);
	let reloads = 0;
	const reload = () => {
		reloads++;
		return true;
	};
	const connection = createServerConnection({ url, reload, random: () => 0 });
	t.after(() => connection.close());
	connection.open();
	await waitFor("the page is reloaded", () => reloads === 1);
	assert.equal(attempts.length, 1);
	assert.equal(connection.status.value, "connecting");
});

test("S5 a page that is too old after the reload shows the refusal", async (t) => {
	const stale: Refusal = { code: "stale_client", message: "Reload the page.", retryable: false };
	const { url } = await refusingServer(t, [stale]);
	const connection = createServerConnection({ url, reload: () => false });
	t.after(() => connection.close());
	connection.open();
	await waitFor("refused", () => connection.status.value === "refused");
	assert.equal(connection.refusal.value?.message, "Reload the page.");
	connection.retry();
	await waitFor("online after a retry", () => connection.status.value === "online");
});

test("the next attempt respects retryAfterMs", async (t) => {
	const busy: Refusal = { code: "rate_limited", message: "Too many.", retryable: true, retryAfterMs: 300 };
	const { url, attempts } = await refusingServer(t, [busy]);
	const connection = createServerConnection({ url, random: () => 0 });
	t.after(() => connection.close());
	connection.open();
	await waitFor("online", () => connection.status.value === "online");
	assert.equal(attempts.length, 2);
	// Timers and Date.now() use different clocks, so a timer may fire a few milliseconds early.
	assert.ok(attempts[1]! - attempts[0]! >= 290, `retried after ${attempts[1]! - attempts[0]!} ms`);
});
