import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { Server } from "socket.io";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import type { Transport } from "./client-socket.ts";
import { Reconnector, type ReconnectorOptions } from "./reconnector.ts";
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

type Attempt = Parameters<ReconnectorOptions["connect"]>[0] & { ended?: "terminated" | "disconnected" };

/** A reconnector whose attempts succeed and fail as the test says. Its random delays are half of the bound. */
function reconnectorOf(t: TestContext, last?: Transport) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const attempts: Attempt[] = [];
	const events: string[] = [];
	const remembered: Transport[] = [];
	const connected = new Set<Attempt>();
	const reconnector = new Reconnector({
		connect(options) {
			const attempt: Attempt = { ...options };
			attempts.push(attempt);
			return {
				isConnected: () => connected.has(attempt),
				request: () => {},
				emit: () => {},
				terminate: () => {
					attempt.ended = "terminated";
				},
				disconnect: () => {
					attempt.ended = "disconnected";
				},
			};
		},
		transports: { last: () => last, remember: (transport) => remembered.push(transport) },
		onConnect: () => events.push("connect"),
		onDisconnect: () => events.push("disconnect"),
		reload: () => false,
		random: () => 0.5,
	});
	function succeed(): void {
		connected.add(attempts.at(-1)!);
		attempts.at(-1)!.transportWorks(attempts.at(-1)!.transport);
		attempts.at(-1)!.connected();
	}
	function fail(refusal?: Refusal): void {
		connected.clear();
		attempts.at(-1)!.disconnected(refusal);
	}
	return { reconnector, attempts, events, remembered, succeed, fail, status: () => reconnector.status.value };
}

test("polling follows a WebSocket that failed at once; a failure of both doubles the delay", (t) => {
	const { reconnector, attempts, fail, status } = reconnectorOf(t);
	reconnector.start();
	for (const [index, delayMs] of [1_000, 2_000, 4_000].entries()) {
		fail();
		t.mock.timers.tick(0);
		assert.equal(attempts.length, 2 * index + 2);
		fail();
		assert.equal(status(), "connecting");
		t.mock.timers.tick(delayMs - 1);
		assert.equal(attempts.length, 2 * index + 2);
		t.mock.timers.tick(1);
		assert.equal(attempts.length, 2 * index + 3);
	}
	assert.deepEqual(
		attempts.slice(0, 4).map(({ transport }) => transport),
		["websocket", "polling", "websocket", "polling"],
	);
});

test("a WebSocket has 2 s where none has worked yet, and 10 s where one has", (t) => {
	for (const [last, transport, timeoutMs] of [
		[undefined, "websocket", 2_000],
		["websocket", "websocket", 10_000],
		["polling", "polling", 10_000],
	] as const) {
		const { reconnector, attempts } = reconnectorOf(t, last);
		reconnector.start();
		assert.equal(attempts[0]!.transport, transport);
		assert.equal(attempts[0]!.timeoutMs, timeoutMs);
		t.mock.timers.reset();
	}
});

test("the transport that works is remembered, also after an upgrade; a refusal does not change it", (t) => {
	const { reconnector, attempts, remembered, succeed, fail } = reconnectorOf(t, "polling");
	reconnector.start();
	fail({ code: "rate_limited", message: "Too many.", retryable: true });
	t.mock.timers.tick(1_000);
	succeed();
	attempts[1]!.transportWorks("websocket");
	assert.deepEqual(remembered, ["polling", "websocket"]);
	fail();
	t.mock.timers.tick(1_000);
	assert.deepEqual(
		attempts.map(({ transport }) => transport),
		["polling", "polling", "websocket"],
	);
});

test("after a broken connection the delay starts from the beginning, with the transport that worked", (t) => {
	const { reconnector, attempts, events, succeed, fail, status } = reconnectorOf(t);
	reconnector.start();
	fail();
	t.mock.timers.tick(0);
	succeed();
	assert.equal(status(), "online");
	assert.notEqual(reconnector.socket, undefined);
	fail();
	assert.equal(status(), "lost");
	assert.equal(reconnector.socket, undefined);
	t.mock.timers.tick(1_000);
	assert.equal(attempts.length, 3);
	assert.equal(attempts[2]!.transport, "polling");
	assert.deepEqual(events, ["disconnect", "disconnect", "connect", "disconnect"]);
});

test("a retry skips the delay, and has no effect during an attempt", (t) => {
	const { reconnector, attempts, fail } = reconnectorOf(t);
	reconnector.start();
	reconnector.retry();
	assert.equal(attempts.length, 1);
	fail();
	reconnector.retry();
	assert.equal(attempts.length, 2);
	t.mock.timers.tick(60_000);
	assert.equal(attempts.length, 2);
});

test("a permanent refusal ends the attempts until a retry", (t) => {
	const { reconnector, attempts, fail, status } = reconnectorOf(t);
	reconnector.start();
	fail({ code: "unauthorized", message: "Sign in.", retryable: false });
	assert.equal(status(), "refused");
	assert.equal(reconnector.refusal.value?.code, "unauthorized");
	t.mock.timers.tick(60_000);
	assert.equal(attempts.length, 1);
	reconnector.retry();
	assert.equal(status(), "connecting");
	assert.equal(reconnector.refusal.value, undefined);
});

test("D1 a draining server sets the time of the next attempt, and its end does not change it", (t) => {
	const { reconnector, attempts, succeed, fail, status } = reconnectorOf(t);
	reconnector.start();
	succeed();
	reconnector.reconnectWithin(3_000);
	assert.equal(status(), "draining");
	fail();
	assert.equal(status(), "draining");
	t.mock.timers.tick(1_499);
	assert.equal(attempts.length, 1);
	t.mock.timers.tick(1);
	assert.equal(attempts.length, 2);
});

test("stop disconnects, and replace terminates", (t) => {
	const { reconnector, attempts, succeed, status } = reconnectorOf(t);
	reconnector.start();
	succeed();
	reconnector.replace(reconnector.socket!);
	assert.equal(attempts[0]!.ended, "terminated");
	assert.equal(status(), "lost");
	succeed();
	reconnector.stop("asleep");
	assert.equal(attempts[1]!.ended, "disconnected");
	assert.equal(status(), "asleep");
	t.mock.timers.tick(60_000);
	assert.equal(attempts.length, 2);
});
