import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { startServer, type TestServer } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";
import { RawClient } from "../testing/raw-client.ts";
import { missingInternal, streamOf } from "./engine/direct-write.ts";

const range = (to: number) => Array.from({ length: to }, (_, i) => i + 1);

/** How often the server wrote to a socket's stream past Socket.IO: each such write is one whole frame. */
function countDirectWrites(server: TestServer): () => number {
	let writes = 0;
	for (const { conn } of server.io.sockets.sockets.values()) {
		const stream = streamOf(conn as never);
		if (!stream) continue;
		const write = stream.write.bind(stream);
		const sender = (conn.transport as unknown as { socket: { _sender: { sendFrame(...args: unknown[]): void } } })
			.socket._sender;
		const sendFrame = sender.sendFrame.bind(sender);
		let isStock = false;
		sender.sendFrame = (...args) => {
			isStock = true;
			sendFrame(...args);
			isStock = false;
		};
		stream.write = ((...args: Parameters<typeof write>) => {
			if (!isStock) writes++;
			return write(...args);
		}) as typeof stream.write;
	}
	return () => writes;
}

for (const fanOut of ["direct", "stock"] as const) {
	const env = { FAN_OUT: fanOut };

	describe(`fan-out, ${fanOut}`, () => {
		test("M5 acks, direct emits and broadcasts reach a connection in the order in which they were made", async (t) => {
			const server = await startServer(t, { env });
			const [ada, bob] = [await server.client("ada"), await server.client("bob")];
			for (const client of [ada, bob]) await client.join("lobby");
			const order: string[] = [];
			ada.socket.on("server:notice", ({ text }) => order.push(text));
			const room = server.io.to("room:lobby") as unknown as { emit(event: string, payload: object): void };
			const one = server.io.to(String(ada.socket.id)) as typeof room;
			const expected: string[] = [];
			for (const i of range(300)) {
				const [to, name] = i % 3 === 0 ? [one, "one"] : i % 3 === 1 ? [room, "room"] : [server.io, "all"];
				(to as typeof room).emit("server:notice", { text: `${name} ${i}` });
				expected.push(`${name} ${i}`);
				// Now and then the sockets get the time to drain, so that both ways are taken and alternate.
				if (i % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
			}
			await ada.until(() => order.length >= 300, "300 notices");
			assert.deepEqual(order, expected);
		});

		test("M4 with ten writers at once every one has its ack before its entry, and all see one order", async (t) => {
			const server = await openChat(t, { env });
			const writers = await Promise.all(range(10).map((i) => server.client(`writer ${i}`)));
			for (const writer of writers) await writer.join("lobby");
			const early: string[] = [];
			for (const writer of writers) {
				const acked = new Set<number>();
				writer.socket.on("room:appended", ({ entries }) => {
					for (const entry of entries)
						if (entry.kind === "message" && entry.author.id === writer.user.id && !acked.has(entry.seq))
							early.push(`${writer.user.name} ${entry.seq}`);
				});
				for (const i of range(30))
					writer.socket.emit("message:send", { room: "lobby", clientId: randomUUID(), body: `${i}` }, (ack) => {
						if (ack.ok) acked.add(ack.data.seq);
					});
			}
			for (const writer of writers) {
				await writer.entry("lobby", 300);
				assert.deepEqual(
					writer.entries("lobby").map(({ seq }) => seq),
					range(300),
				);
			}
			assert.deepEqual(early, []);
		});

		test("polling and WebSocket members of one room get the same", async (t) => {
			const server = await startServer(t, { env });
			const members = [];
			for (const transport of ["polling", "websocket", "polling", "websocket"])
				members.push(await server.client(`member ${members.length}`, { transports: [transport] }));
			for (const member of members) await member.join("lobby");
			const author = members[0]!;
			for (const i of range(20)) await author.send("lobby", `${i} ${"é".repeat(i * 10)}`);
			for (const member of members) await member.entry("lobby", 20);
			for (const member of members) assert.deepEqual(member.entries("lobby"), author.entries("lobby"));
		});

		test("a reader that does not read is cut at the byte cap, and costs the others nothing", async (t) => {
			const server = await startServer(t, { env: { ...env, LIMIT_UNSENT_BYTES: "200000" } });
			const [ada, bob] = [await server.client("ada"), await server.client("bob")];
			for (const client of [ada, bob]) await client.join("lobby");
			const { token } = await server.signIn("sloth");
			const sloth = await RawClient.open(server.url, token);
			sloth.send('421["room:join",{"room":"lobby"}]');
			await sloth.until("431[");
			sloth.socket.pause();
			let seq = 0;
			// Its kernel and ours hold some megabytes before anything waits in this process.
			const cuts = async () =>
				Number(/disconnects_total\{reason="slow_reader"\} (\d+)/.exec(await server.metrics.text())?.[1]);
			while ((await cuts()) === 0 && seq < 5_000) {
				const sent = await Promise.all(range(20).map(() => ada.send("lobby", "x".repeat(4_000))));
				seq = Math.max(...sent.map((ack) => ack.seq));
			}
			assert.equal(await cuts(), 1);
			await bob.until(() => server.io.engine.clientsCount === 2, "the end of the sloth");
			await bob.entry("lobby", seq);
			assert.deepEqual(
				bob.entries("lobby").map((entry) => entry.seq),
				range(seq),
			);
		});

		for (const letter of ["x", "字"])
			test(`a polling client that never polls is cut at the byte cap, of ${letter}`, async (t) => {
				const capBytes = 100_000;
				const server = await startServer(t, { env: { ...env, LIMIT_UNSENT_BYTES: `${capBytes}` } });
				const ada = await server.client("ada");
				await ada.join("lobby");
				const { token } = await server.signIn("sloth");
				const line = `${server.url}/socket.io/?EIO=4&transport=polling`;
				const { sid } = JSON.parse((await (await fetch(line)).text()).slice(1)) as { sid: string };
				const packets = [`40${JSON.stringify({ token })}`, '421["room:join",{"room":"lobby"}]'];
				for (const body of packets) await fetch(`${line}&sid=${sid}`, { method: "POST", body });
				await ada.next("presence:diff", ({ count }) => count === 2);
				const body = letter.repeat(4_000);
				let sent = 0;
				for (; server.io.engine.clientsCount === 2 && sent < 100; sent++) await ada.send("lobby", body);
				assert.equal(server.io.engine.clientsCount, 1);
				// One message may go over the cap, and the next one cuts.
				assert.ok((sent - 2) * Buffer.byteLength(body) <= capBytes, `${sent} messages waited`);
			});

		test("an answer longer than the byte cap does not cut a reader who reads", async (t) => {
			const server = await startServer(t, { env: { ...env, LIMIT_UNSENT_BYTES: "50000" } });
			const ada = await server.client("ada");
			await ada.join("lobby");
			for (const _ of range(30)) await ada.send("lobby", "x".repeat(4_000));
			for (const transport of ["polling", "websocket"]) {
				const bob = await server.client(`bob by ${transport}`, { transports: [transport] });
				assert.equal((await bob.join("lobby")).messages?.length, 30);
				assert.ok(bob.socket.connected);
			}
		});
	});
}

describe("the direct write", () => {
	test("is taken where Socket.IO's internals are as expected, and every entry is one write", async (t) => {
		const server = await startServer(t);
		const members = await Promise.all(range(5).map((i) => server.client(`member ${i}`)));
		for (const member of members) await member.join("lobby");
		for (const { conn } of server.io.sockets.sockets.values()) {
			const missing = missingInternal(conn as never);
			assert.equal(
				missing,
				undefined,
				`Socket.IO or ws has changed: ${missing} is not what direct-write.ts relies on.`,
			);
		}
		const directWrites = countDirectWrites(server);
		await members[0]!.send("lobby", "hello");
		for (const member of members) await member.entry("lobby", 1);
		// One more than members: the author's ack.
		assert.equal(directWrites(), 6, "the direct way was not taken: has Socket.IO or ws changed?");
	});

	test("stands aside from what it does not know", () => {
		const stream = { write: () => true, writableLength: 0 };
		const line = () => ({
			readyState: "open",
			writeBuffer: [],
			transport: { name: "websocket", writable: true, socket: { readyState: 1, _socket: stream } },
			close: () => {},
		});
		assert.equal(missingInternal(line() as never), undefined);
		const { readyState: _, ...withoutState } = line();
		assert.equal(missingInternal(withoutState as never), "conn.readyState");
		assert.equal(missingInternal({ ...line(), writeBuffer: new Set() } as never), "conn.writeBuffer");
		assert.equal(missingInternal({ ...line(), transport: {} } as never), "conn.transport.writable");
		const transport = { name: "websocket", writable: true, socket: { readyState: 1 } };
		assert.equal(missingInternal({ ...line(), transport } as never), "conn.transport.socket._socket");
	});

	test("waits its turn behind whatever is queued, and keeps off a line that is closing", () => {
		const stream = { write: () => true, writableLength: 0 };
		const socket = { readyState: 1, _socket: stream };
		const ready = { readyState: "open", writeBuffer: [], transport: { name: "websocket", writable: true, socket } };
		assert.equal(streamOf(ready as never), stream);
		for (const busy of [
			{ ...ready, writeBuffer: [{}] },
			{ ...ready, readyState: "closing" },
			{ ...ready, transport: { ...ready.transport, writable: false } },
			{ ...ready, transport: { ...ready.transport, name: "polling" } },
			{ ...ready, transport: { ...ready.transport, socket: { ...socket, readyState: 2 } } },
		])
			assert.equal(streamOf(busy as never), undefined);
	});
});
