import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { TestChat } from "../../app/testing/harness.ts";
import { openChat } from "../../app/testing/open-chat.ts";
import { openTunnel } from "../../app/testing/tunnel.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { alwaysVisible } from "./page-lifecycle.ts";
import { createServerConnection, type ServerConnectionOptions } from "./server-connection.ts";

/** A signed-in user whose connection passes a network that the test can break. */
async function connect(t: TestContext, server: TestChat, options: ServerConnectionOptions = {}) {
	const tunnel = await openTunnel(t, server.url);
	const { token } = await server.signIn("ada");
	const headers = { cookie: `session=${token}` };
	const connection = createServerConnection({ url: tunnel.url, headers, random: () => 0, ...options });
	t.after(() => connection.close());
	return { tunnel, connection };
}

async function online(t: TestContext, server: TestChat, options: ServerConnectionOptions = {}) {
	const connected = await connect(t, server, options);
	connected.connection.open();
	await waitFor("online", () => connected.connection.status.value === "online");
	return connected;
}

test("a request resolves with the server's ack", async (t) => {
	const { connection } = await online(t, await openChat(t));
	const ack = await connection.request("room:join", { room: "Lobby" });
	assert.equal(ack.ok && ack.data.room, "lobby");
	const refused = await connection.request("message:history", { room: "elsewhere" });
	assert.equal(!refused.ok && refused.error.code, "not_found");
});

test("a request without a connection is refused as retryable and never sent later", async (t) => {
	const server = await openChat(t);
	const { connection } = await connect(t, server);
	const ack = await connection.request("room:join", { room: "lobby" });
	assert.equal(!ack.ok && ack.error.retryable, true);
	connection.open();
	await waitFor("online", () => connection.status.value === "online");
	const history = await connection.request("message:history", { room: "lobby" });
	assert.equal(!history.ok && history.error.code, "not_found", "the join was sent after all");
});

test("S2 a connection without a session is refused and not attempted again", async (t) => {
	const server = await openChat(t);
	const connection = createServerConnection({ url: server.url });
	t.after(() => connection.close());
	connection.open();
	await waitFor("refused", () => connection.status.value === "refused");
	assert.equal(connection.refusal.value?.code, "unauthorized");
	assert.equal(connection.reconnecting.value, false);
});

test("S3 when the session ends elsewhere, the connection is refused", async (t) => {
	const server = await openChat(t);
	const { token } = await server.signIn("ada");
	const headers = { cookie: `session=${token}` };
	const connection = createServerConnection({ url: server.url, headers, random: () => 0 });
	t.after(() => connection.close());
	connection.open();
	await waitFor("online", () => connection.status.value === "online");
	await fetch(`${server.url}/api/session`, { method: "DELETE", headers });
	await waitFor("refused", () => connection.refusal.value?.code === "unauthorized");
});

test("a broken connection rejects the open requests and reconnects", async (t) => {
	const { connection, tunnel } = await online(t, await openChat(t));
	const events: string[] = [];
	connection.onDisconnect(() => events.push("disconnect"));
	connection.onConnect(() => events.push("connect"));
	tunnel.freeze();
	const request = connection.request("room:join", { room: "lobby" }, { onAck: () => events.push("ack") });
	tunnel.disconnect();
	const ack = await request;
	assert.equal(!ack.ok && ack.error.retryable, true);
	await waitFor("online again", () => connection.status.value === "online");
	assert.deepEqual(events, ["disconnect", "ack", "connect"]);
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
});

test("it keeps trying while the server is unreachable", async (t) => {
	const { connection, tunnel } = await online(t, await openChat(t), { random: () => 0.01 });
	tunnel.setOpen(false);
	tunnel.disconnect();
	await waitFor("lost", () => connection.status.value === "lost");
	await new Promise((resolve) => setTimeout(resolve, 200));
	tunnel.setOpen(true);
	await waitFor("online again", () => connection.status.value === "online");
});

test("a request with reconnectOnTimeout replaces a connection that does not answer", async (t) => {
	const { connection, tunnel } = await online(t, await openChat(t));
	tunnel.freeze();
	const ack = await connection.request(
		"log:since",
		{ room: "lobby", after: 0 },
		{ reconnectOnTimeout: true, timeoutMs: 50 },
	);
	assert.equal(!ack.ok && ack.error.code, "unavailable");
	await waitFor("online again", () => connection.status.value === "online");
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
});

test("where WebSockets are blocked it connects by polling", async (t) => {
	// Polling uses many connections, which must all reach the same process.
	const { connection, tunnel } = await connect(t, await openChat(t, { processes: 1 }));
	tunnel.refuseWebSockets();
	connection.open();
	await waitFor("online", () => connection.status.value === "online");
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
});

test("D1 on server:draining the client reconnects to the next server within the given time", async (t) => {
	const server = await openChat(t);
	const { connection, tunnel } = await online(t, server);
	const statuses: string[] = [];
	connection.status.subscribe((status) => statuses.push(status));
	const next = await openChat(t, { dataFolder: server.dataFolder });
	tunnel.leadTo(next.url);
	await server.stop();
	await waitFor(
		"online at the next server",
		() => connection.status.value === "online" && statuses.includes("draining"),
	);
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
});

test("a hidden page disconnects after a while and reconnects when it is visible again", async (t) => {
	let hidden = false;
	let changed = () => {};
	const lifecycle = {
		...alwaysVisible,
		hidden: () => hidden,
		onHiddenChange(listener: () => void) {
			changed = listener;
			return () => {};
		},
	};
	const { connection } = await online(t, await openChat(t), { lifecycle, sleepAfterMs: 20 });
	hidden = true;
	changed();
	await waitFor("asleep", () => connection.status.value === "asleep");
	hidden = false;
	changed();
	await waitFor("online again", () => connection.status.value === "online");
});

test("a page that the browser leaves and keeps is disconnected at once, and connected when it is shown again", async (t) => {
	let [leave, show] = [() => {}, () => {}];
	const lifecycle = {
		...alwaysVisible,
		onLeave(listener: () => void) {
			leave = listener;
			return () => {};
		},
		onReturn(listener: () => void) {
			show = listener;
			return () => {};
		},
	};
	const { connection } = await online(t, await openChat(t), { lifecycle });
	leave();
	assert.equal(connection.status.value, "asleep");
	show();
	await waitFor("online again", () => connection.status.value === "online");
});

test("a device without a network is offline at once, and online again with a new connection", async (t) => {
	let [lose, find] = [() => {}, () => {}];
	const lifecycle = {
		...alwaysVisible,
		onWake(listener: () => void) {
			find = listener;
			return () => {};
		},
		onOffline(listener: () => void) {
			lose = listener;
			return () => {};
		},
	};
	const { connection, tunnel } = await online(t, await openChat(t), { lifecycle, random: () => 0.99 });
	// The connection looks alive: nothing closes it.
	tunnel.freeze();
	tunnel.setOpen(false);
	lose();
	assert.equal(connection.reconnecting.value, true);
	assert.notEqual(connection.status.value, "online");
	await waitFor("the attempt to fail", () => {
		tunnel.setOpen(true);
		find();
		return connection.status.value === "online";
	});
	assert.equal(connection.reconnecting.value, false);
});

test("a message without an ack is reported as reconnecting, until the server responds", async (t) => {
	const { connection, tunnel } = await online(t, await openChat(t), { reconnectingAfterMs: 30 });
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
	tunnel.muteServer();
	const send = () => {
		const message = { room: "lobby", clientId: crypto.randomUUID(), body: "hello" };
		return connection.request("message:send", message, { timeoutMs: 500 });
	};
	const late = send();
	await waitFor("reconnecting", () => connection.reconnecting.value);
	assert.equal(connection.status.value, "online");
	assert.equal((await late).ok, false);
	assert.equal(connection.reconnecting.value, true, "the timeout is no response");
	tunnel.disconnect();
	await waitFor("a new connection", () => connection.status.value === "online" && !connection.reconnecting.value);
});
