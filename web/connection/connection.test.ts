import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { TestChat } from "../../app/testing/harness.ts";
import { openChat } from "../../app/testing/open-chat.ts";
import { openTunnel } from "../../app/testing/tunnel.ts";
import { type ConnectionOptions, createConnection } from "./connection.ts";
import { until } from "./testing/until.ts";

/** Somebody signed in, with a line through a network that the test can break. */
async function connect(t: TestContext, server: TestChat, options: ConnectionOptions = {}) {
	const tunnel = await openTunnel(t, server.url);
	const { token } = await server.signIn("ada");
	const headers = { cookie: `session=${token}` };
	const connection = createConnection({ url: tunnel.url, headers, random: () => 0, ...options });
	t.after(() => connection.close());
	return { tunnel, connection };
}

async function online(t: TestContext, server: TestChat, options: ConnectionOptions = {}) {
	const both = await connect(t, server, options);
	both.connection.open();
	await until(() => both.connection.status.value === "online", "online");
	return both;
}

test("a request is answered by the server's ack", async (t) => {
	const { connection } = await online(t, await openChat(t));
	const ack = await connection.request("room:join", { room: "Lobby" });
	assert.equal(ack.ok && ack.data.room, "lobby");
	const refused = await connection.request("message:history", { room: "elsewhere" });
	assert.equal(!refused.ok && refused.error.code, "not_found");
});

test("what is asked without a line is refused, retryably, and never sent later", async (t) => {
	const server = await openChat(t);
	const { connection } = await connect(t, server);
	const ack = await connection.request("room:join", { room: "lobby" });
	assert.equal(!ack.ok && ack.error.retryable, true);
	connection.open();
	await until(() => connection.status.value === "online", "online");
	const history = await connection.request("message:history", { room: "lobby" });
	assert.equal(!history.ok && history.error.code, "not_found", "the join went out after all");
});

test("S2 without a session the server won't have us, and is not asked again", async (t) => {
	const server = await openChat(t);
	const connection = createConnection({ url: server.url });
	t.after(() => connection.close());
	connection.open();
	await until(() => connection.status.value === "refused", "refused");
	assert.equal(connection.refusal.value?.code, "unauthorized");
	assert.equal(connection.reconnecting.value, false);
});

test("S3 a session that ends elsewhere ends in a refusal", async (t) => {
	const server = await openChat(t);
	const { token } = await server.signIn("ada");
	const headers = { cookie: `session=${token}` };
	const connection = createConnection({ url: server.url, headers, random: () => 0 });
	t.after(() => connection.close());
	connection.open();
	await until(() => connection.status.value === "online", "online");
	await fetch(`${server.url}/api/session`, { method: "DELETE", headers });
	await until(() => connection.refusal.value?.code === "unauthorized", "refused");
});

test("a line that breaks answers what was asked and comes back by itself", async (t) => {
	const { connection, tunnel } = await online(t, await openChat(t));
	const seen: string[] = [];
	connection.onDown(() => seen.push("down"));
	connection.onUp(() => seen.push("up"));
	tunnel.freeze();
	const asked = connection.request("room:join", { room: "lobby" }, { answered: () => seen.push("answered") });
	tunnel.cut();
	const ack = await asked;
	assert.equal(!ack.ok && ack.error.retryable, true);
	await until(() => connection.status.value === "online", "online again");
	assert.deepEqual(seen, ["down", "answered", "up"]);
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
});

test("it tries on for as long as nobody answers", async (t) => {
	const { connection, tunnel } = await online(t, await openChat(t), { random: () => 0.01 });
	tunnel.setOpen(false);
	tunnel.cut();
	await until(() => connection.status.value === "lost", "lost");
	await new Promise((resolve) => setTimeout(resolve, 200));
	tunnel.setOpen(true);
	await until(() => connection.status.value === "online", "online again");
});

test("a line that does not answer a vital question is made anew", async (t) => {
	const { connection, tunnel } = await online(t, await openChat(t));
	tunnel.freeze();
	const ack = await connection.request("log:since", { room: "lobby", after: 0 }, { vital: true, timeoutMs: 50 });
	assert.equal(!ack.ok && ack.error.code, "unavailable");
	await until(() => connection.status.value === "online", "online again");
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
});

test("where WebSockets are broken it works over polling", async (t) => {
	// Polling is many connections, and has to find its process again.
	const { connection, tunnel } = await connect(t, await openChat(t, { processes: 1 }));
	tunnel.refuseWebSockets();
	connection.open();
	await until(() => connection.status.value === "online", "online");
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
});

test("D1 a draining server is left at a moment within the time that it gave, for the one that follows it", async (t) => {
	const server = await openChat(t);
	const { connection, tunnel } = await online(t, server);
	const statuses: string[] = [];
	connection.status.subscribe((status) => statuses.push(status));
	const next = await openChat(t, { dataFolder: server.dataFolder });
	tunnel.leadTo(next.url);
	await server.stop();
	await until(() => connection.status.value === "online" && statuses.includes("draining"), "online at the next one");
	assert.equal((await connection.request("room:join", { room: "lobby" })).ok, true);
});

test("a hidden page lets go after a while and comes back when it is seen", async (t) => {
	let hidden = false;
	let changed = () => {};
	const life = {
		hidden: () => hidden,
		onHiddenChange(listener: () => void) {
			changed = listener;
			return () => {};
		},
		onWake: () => () => {},
	};
	const { connection } = await online(t, await openChat(t), { life, letGoAfterMs: 20 });
	hidden = true;
	changed();
	await until(() => connection.status.value === "asleep", "asleep");
	hidden = false;
	changed();
	await until(() => connection.status.value === "online", "online again");
});
