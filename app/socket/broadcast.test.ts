import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { startServer } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";
import { RawClient } from "../testing/raw-client.ts";

const range = (to: number) => Array.from({ length: to }, (_, i) => i + 1);

for (const fanOut of ["direct", "stock"] as const) {
	const env = { FAN_OUT: fanOut };

	describe(`fan-out, ${fanOut}`, () => {
		test("M5 acks, direct emits and broadcasts reach a connection in the order in which they were emitted", async (t) => {
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
				// Sometimes the sockets have time to drain, so that direct and queued writes alternate.
				if (i % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
			}
			await ada.until(() => order.length >= 300, "300 notices");
			assert.deepEqual(order, expected);
		});

		test("M4 ten concurrent writers receive each ack before its entry, and all see one order", async (t) => {
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

		test("polling and WebSocket members of a room receive the same entries", async (t) => {
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

		test("a client that does not read is disconnected at LIMIT_UNSENT_BYTES, and does not delay the others", async (t) => {
			const server = await startServer(t, { env: { ...env, LIMIT_UNSENT_BYTES: "200000" } });
			const [ada, bob] = [await server.client("ada"), await server.client("bob")];
			for (const client of [ada, bob]) await client.join("lobby");
			const { token } = await server.signIn("sloth");
			const sloth = await RawClient.open(server.url, token);
			sloth.send('421["room:join",{"room":"lobby"}]');
			await sloth.until("431[");
			sloth.socket.pause();
			let seq = 0;
			// The kernels of both sides buffer some megabytes before bytes wait in this process.
			const disconnects = async () =>
				Number(/disconnects_total\{reason="slow_reader"\} (\d+)/.exec(await server.metrics.text())?.[1]);
			while ((await disconnects()) === 0 && seq < 5_000) {
				const sent = await Promise.all(range(20).map(() => ada.send("lobby", "x".repeat(4_000))));
				seq = Math.max(...sent.map((ack) => ack.seq));
			}
			assert.equal(await disconnects(), 1);
			await bob.until(() => server.io.engine.clientsCount === 2, "the end of the sloth");
			await bob.entry("lobby", seq);
			assert.deepEqual(
				bob.entries("lobby").map((entry) => entry.seq),
				range(seq),
			);
		});

		for (const letter of ["x", "字"])
			test(`a polling client that never polls is disconnected at LIMIT_UNSENT_BYTES, ${letter}`, async (t) => {
				const capBytes = 100_000;
				const server = await startServer(t, { env: { ...env, LIMIT_UNSENT_BYTES: `${capBytes}` } });
				const ada = await server.client("ada");
				await ada.join("lobby");
				const { token } = await server.signIn("sloth");
				const connectionUrl = `${server.url}/socket.io/?EIO=4&transport=polling`;
				const { sid } = JSON.parse((await (await fetch(connectionUrl)).text()).slice(1)) as { sid: string };
				const packets = [`40${JSON.stringify({ token })}`, '421["room:join",{"room":"lobby"}]'];
				for (const body of packets) await fetch(`${connectionUrl}&sid=${sid}`, { method: "POST", body });
				await ada.next("presence:diff", ({ count }) => count === 2);
				const body = letter.repeat(4_000);
				let sent = 0;
				for (; server.io.engine.clientsCount === 2 && sent < 100; sent++) {
					const { seq } = await ada.send("lobby", body);
					// An ack says that the message is stored, not that it was broadcast.
					await ada.entry("lobby", seq);
				}
				assert.equal(server.io.engine.clientsCount, 1);
				// One message may exceed the limit; the next one disconnects the client.
				assert.ok((sent - 2) * Buffer.byteLength(body) <= capBytes, `${sent} messages waited`);
			});

		test("an ack longer than LIMIT_UNSENT_BYTES does not disconnect a client that reads", async (t) => {
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
