import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { Server, type Socket } from "socket.io";
import { waitFor } from "../../load/kit/wait-for.ts";
import { type ClientSocket, type NoAck, openClientSocket } from "./client-socket.ts";

/** A Socket.IO server with one connected client. Records the callbacks of the client, and the server's socket. */
async function connect(t: TestContext) {
	const http = createServer();
	const io = new Server(http);
	http.listen(0, "127.0.0.1");
	await once(http, "listening");
	t.after(() => io.close());
	const accepted = once(io, "connection") as Promise<[Socket]>;
	const events: string[] = [];
	const socket = openClientSocket({
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		headers: undefined,
		pollingFirst: false,
		connected: () => events.push("connected"),
		disconnected: () => events.push("disconnected"),
		received: (name, payload) => events.push(`${name} ${JSON.stringify(payload)}`),
	});
	t.after(() => socket.terminate());
	const [server] = await accepted;
	await waitFor("the connection", () => socket.isConnected());
	return { socket, server, events };
}

function request(socket: ClientSocket, name: string, timeoutMs = 5_000): Promise<unknown | NoAck> {
	return new Promise((resolve) => socket.request(name, {}, timeoutMs, resolve));
}

test("events arrive, and a request gets its ack", async (t) => {
	const { socket, server, events } = await connect(t);
	server.on("room:leave", (_payload, ack) => ack({ ok: true, data: {} }));
	server.emit("server:notice", { text: "hello" });
	assert.deepEqual(await request(socket, "room:leave"), { ok: true, data: {} });
	await waitFor("the notice", () => events.length === 2);
	assert.deepEqual(events, ["connected", 'server:notice {"text":"hello"}']);
});

test("a request without an ack is late, or broken if the connection ends first", async (t) => {
	const { socket, server, events } = await connect(t);
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
	test(`${action} is a ${reason} for the server, and is not reported as disconnected`, async (t) => {
		const { socket, server, events } = await connect(t);
		const ended = once(server, "disconnect");
		socket[action]();
		assert.equal((await ended)[0], reason);
		assert.deepEqual(events, ["connected"]);
	});
}
