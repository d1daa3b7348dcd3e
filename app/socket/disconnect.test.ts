import assert from "node:assert/strict";
import { test } from "node:test";
import { DISCONNECTS, type Disconnect } from "../room/ports/disconnect.ts";
import type { ChatSocket } from "./connection.ts";
import { Disconnector } from "./disconnect.ts";

/** A socket over `transport` and the calls that end it. */
function setUp(transport: object) {
	const calls: string[] = [];
	const reasons: string[] = [];
	const disconnector = new Disconnector({ disconnected: ({ reason }) => void reasons.push(reason) });
	const conn = { transport, close: (discard?: boolean) => void calls.push(discard ? "discard" : "close") };
	const socket = { conn, disconnect: (all: boolean) => void calls.push(`disconnect ${all}`) } as unknown as ChatSocket;
	return { calls, reasons, disconnector, socket };
}

test("each way to end a connection, over WebSocket and over polling", () => {
	const ends: [Disconnect, string, string][] = [
		[DISCONNECTS.banned, "disconnect true", "disconnect true"],
		[DISCONNECTS.roomRemoved, "close", "close"],
		[DISCONNECTS.kicked, "terminate", "discard"],
	];
	for (const [disconnect, overWebSocket, overPolling] of ends) {
		const webSocket = setUp({ socket: { terminate: () => webSocket.calls.push("terminate") } });
		const polling = setUp({});
		for (const { disconnector, socket } of [webSocket, polling]) disconnector.socket(socket, disconnect);
		assert.deepEqual([webSocket.calls, polling.calls], [[overWebSocket], [overPolling]], disconnect.reason);
	}
});

test("a connection without a socket is closed after its queue, or at once", () => {
	const { calls, disconnector, socket } = setUp({});
	disconnector.connection(socket.conn, DISCONNECTS.draining);
	disconnector.connection(socket.conn, DISCONNECTS.handshakeFlood);
	disconnector.terminate(socket.conn, DISCONNECTS.slowConsumer);
	disconnector.terminate({ terminate: () => calls.push("terminate") }, DISCONNECTS.flood);
	assert.deepEqual(calls, ["close", "discard", "discard", "terminate"]);
});

test("every disconnect is counted by its reason, and every reason is unique", () => {
	const { reasons, disconnector, socket } = setUp({});
	for (const disconnect of Object.values(DISCONNECTS)) disconnector.socket(socket, disconnect);
	assert.equal(reasons.length, Object.keys(DISCONNECTS).length);
	assert.equal(new Set(reasons).size, reasons.length);
});
