import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { Server, type Socket } from "socket.io";
import { waitFor } from "../../load/kit/wait-for.ts";
import { acceptance } from "../browser/blocking-proxy.ts";
import { type ClientSocket, type NoAck, openClientSocket, type Transport } from "./client-socket.ts";

/** A Socket.IO server with one connected client. Records the callbacks of the client, and the server's socket. */
async function connect(t: TestContext, transport: Transport) {
	const http = createServer();
	const io = new Server(http);
	http.listen(0, "127.0.0.1");
	await once(http, "listening");
	t.after(() => io.close());
	const accepted = once(io, "connection") as Promise<[Socket]>;
	const events: string[] = [];
	const transports: Transport[] = [];
	const socket = openClientSocket({
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		headers: undefined,
		transport,
		timeoutMs: 10_000,
		transportWorks: (works) => transports.push(works),
		connected: () => events.push("connected"),
		disconnected: () => events.push("disconnected"),
		received: (name, payload) => events.push(`${name} ${JSON.stringify(payload)}`),
	});
	t.after(() => socket.terminate());
	const [server] = await accepted;
	await waitFor("the connection", () => socket.isConnected());
	return { socket, server, events, transports };
}

function request(socket: ClientSocket, name: string, timeoutMs = 5_000): Promise<unknown | NoAck> {
	return new Promise((resolve) => socket.request(name, {}, timeoutMs, resolve));
}

for (const transport of ["websocket", "polling"] as const) {
	test(`${transport}: events arrive, and a request gets its ack`, async (t) => {
		const { socket, server, events } = await connect(t, transport);
		server.on("room:leave", (_payload, ack) => ack({ ok: true, data: {} }));
		server.emit("server:notice", { text: "hello" });
		assert.deepEqual(await request(socket, "room:leave"), { ok: true, data: {} });
		await waitFor("the notice", () => events.length === 2);
		assert.deepEqual(events, ["connected", 'server:notice {"text":"hello"}']);
	});

	test(`${transport}: a request without an ack is late, or broken if the connection ends first`, async (t) => {
		const { socket, server, events } = await connect(t, transport);
		assert.equal(await request(socket, "room:leave", 20), "late");
		const pending = request(socket, "room:leave");
		const received = once(server, "room:leave");
		await received;
		server.disconnect(true);
		assert.equal(await pending, "broken");
		assert.deepEqual(events, ["connected", "disconnected"]);
		assert.equal(socket.isConnected(), false);
	});

	for (const [action, reason] of [
		["terminate", "transport close"],
		["disconnect", "client namespace disconnect"],
	] as const) {
		test(`${transport}: ${action} is a ${reason} for the server, and is not reported as disconnected`, async (t) => {
			const { socket, server, events } = await connect(t, transport);
			const ended = once(server, "disconnect");
			socket[action]();
			assert.equal((await ended)[0], reason);
			assert.deepEqual(events, ["connected"]);
		});
	}
}

test("the transport of a connection is reported, and that of its upgrade", async (t) => {
	const direct = await connect(t, "websocket");
	assert.deepEqual(direct.transports, ["websocket"]);
	const upgraded = await connect(t, "polling");
	await waitFor("the upgrade", () => upgraded.transports.at(-1) === "websocket");
});

test("an attempt fails when a server accepts the WebSocket and says nothing", async (t) => {
	const http = createServer();
	http.on("upgrade", (request, socket) => {
		socket.write(acceptance(request));
		t.after(() => socket.destroy());
	});
	http.listen(0, "127.0.0.1");
	await once(http, "listening");
	t.after(() => http.close());
	const failed = new Promise<unknown>((resolve) => {
		const socket = openClientSocket({
			url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
			headers: undefined,
			transport: "websocket",
			timeoutMs: 100,
			connected: () => {},
			transportWorks: () => {},
			disconnected: resolve,
			received: () => {},
		});
		t.after(() => socket.terminate());
	});
	assert.equal(await failed, undefined);
});

test("where WebSocket is missing or throws, the attempt fails at once, after it has returned", async (t) => {
	const real = globalThis.WebSocket;
	t.after(() => {
		globalThis.WebSocket = real;
	});
	for (const broken of [undefined, () => assert.fail("blocked")]) {
		globalThis.WebSocket = broken as never;
		let failures = 0;
		const socket = openClientSocket({
			url: "http://127.0.0.1:1",
			headers: undefined,
			transport: "websocket",
			timeoutMs: 60_000,
			connected: () => {},
			transportWorks: () => {},
			disconnected: () => failures++,
			received: () => {},
		});
		assert.equal(failures, 0);
		await waitFor("the failure", () => failures === 1);
		assert.equal(socket.isConnected(), false);
	}
});
