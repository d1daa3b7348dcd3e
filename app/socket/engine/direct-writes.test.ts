import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { startServer, type TestServer } from "../../testing/harness.ts";
import { openProfile } from "../conformance/testing/profile.ts";
import { WebSocketConnection } from "../conformance/testing/web-socket-connection.ts";
import { DirectWrites } from "./direct-writes.ts";
import { inspectInternals } from "./inspect.ts";
import { type InternalConnection, missingField, REQUIRED_FIELDS } from "./internals.ts";

/** Longer than the window in which changes of presence are collected. */
const PRESENCE_MS = 600;

/** Counts the writes to the streams of open WebSockets that bypass ws. Each is one whole frame. */
function countDirectWrites(server: TestServer): () => number {
	let writes = 0;
	for (const { conn } of server.io.sockets.sockets.values()) {
		const { _socket: stream, _sender: sender } = (conn as unknown as { transport: { socket: StockWebSocket } })
			.transport.socket;
		const write = stream.write.bind(stream);
		const sendFrame = sender.sendFrame.bind(sender);
		let isStock = false;
		sender.sendFrame = (...args) => {
			isStock = true;
			sendFrame(...args);
			isStock = false;
		};
		stream.write = (...args) => {
			if (!isStock) writes++;
			return write(...args);
		};
	}
	return () => writes;
}

type StockWebSocket = {
	_socket: { write(...args: unknown[]): boolean };
	_sender: { sendFrame(...args: unknown[]): void };
};

/** Returns a copy of `internals` without the field at `path`. */
function without(internals: object, path: string): object {
	const [key, ...rest] = path.split(".") as [string, ...string[]];
	const value = (internals as Record<string, object>)[key]!;
	return Object.create(internals, { [key]: { value: rest.length === 0 ? undefined : without(value, rest.join(".")) } });
}

describe("direct writes", () => {
	test("are enabled with this version of Socket.IO: an ack, and an entry per member, are one write each", async (t) => {
		const server = await startServer(t);
		const members = [];
		for (let i = 1; i <= 5; i++) members.push(await server.client(`member ${i}`));
		for (const member of members) await member.join("lobby");
		const missing = await inspectInternals(missingField);
		assert.equal(missing, undefined, `Socket.IO or ws has changed: ${missing} is not as internals.ts describes it.`);
		// The presence of those who joined is broadcast later than their acks.
		await setTimeout(PRESENCE_MS);
		const directWrites = countDirectWrites(server);
		await members[0]!.send("lobby", "hello");
		for (const member of members) await member.entry("lobby", 1);
		assert.equal(directWrites(), 6);
	});

	for (const path of Object.keys(REQUIRED_FIELDS))
		test(`without ${path}, packets are delivered as stock Socket.IO does, and it is logged once`, async (t) => {
			const profile = await openProfile(t, "sockets", {
				inspect: (look) => inspectInternals((internals) => look(without(internals, path) as typeof internals)),
			});
			const connections = [new WebSocketConnection(profile.url), new WebSocketConnection(profile.url)];
			for (const connection of connections) {
				await connection.nextText();
				connection.send("40");
				await connection.nextText();
				await connection.nextText();
			}
			for (const connection of connections) {
				connection.send('42["message","hello"]');
				assert.equal(await connection.next(), '42["message-back","hello"]');
			}
			assert.deepEqual(profile.missingFields, [path]);
		});

	test("are disabled if no connection can be inspected", async () => {
		const directWrites = new DirectWrites();
		const missing: string[] = [];
		await directWrites.check(
			(field) => missing.push(field),
			() => Promise.reject(new Error("no upgrade")),
		);
		assert.deepEqual(missing, ["a connection (Error: no upgrade)"]);
		assert.equal(directWrites.areEnabled, false);
	});

	test("are not used for a connection with queued packets or one that is closing", async () => {
		const directWrites = new DirectWrites();
		const stream = { write: () => true, writableLength: 0 };
		const socket = { readyState: 1, _socket: stream };
		const ready = { readyState: "open", writeBuffer: [], transport: { name: "websocket", writable: true, socket } };
		const streamOf = (connection: unknown) => directWrites.streamOf(connection as InternalConnection);
		assert.equal(streamOf(ready), undefined, "before the check");
		await directWrites.check(assert.fail);
		assert.equal(streamOf(ready), stream);
		for (const busy of [
			{ ...ready, writeBuffer: [{}] },
			{ ...ready, readyState: "closing" },
			{ ...ready, transport: { ...ready.transport, writable: false } },
			{ ...ready, transport: { ...ready.transport, name: "polling" } },
			{ ...ready, transport: { ...ready.transport, socket: { ...socket, readyState: 2 } } },
		])
			assert.equal(streamOf(busy), undefined);
	});
});
