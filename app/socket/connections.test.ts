import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { describe, test } from "node:test";
import { startServer } from "../testing/harness.ts";
import { RawClient } from "../testing/raw-client.ts";

describe("the end of the process", () => {
	test("D1 a drain is announced to every client, acknowledges accepted messages, and closes connections so that clients reconnect", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada", { reconnection: true, reconnectionDelay: 50 });
		const bob = await server.client("bob", { transports: ["polling"], reconnection: true });
		for (const client of [ada, bob]) await client.join("lobby");
		const acks: Promise<unknown>[] = [];
		for (let i = 0; i < 50; i++)
			acks.push(ada.request("message:send", { room: "lobby", clientId: randomUUID(), body: `${i}` }));
		await ada.entry("lobby", 1);
		const reasons: string[] = [];
		for (const client of [ada, bob]) client.socket.on("disconnect", (reason) => reasons.push(reason));
		const closed = server.close();
		assert.equal((await ada.next("server:draining")).retryAfterMs > 0, true);
		await bob.next("server:draining");
		await closed;
		const answers = (await Promise.all(acks)) as { ok: boolean; data?: { seq: number } }[];
		const acked = answers.filter(({ ok }) => ok).length;
		const { messages } = await server.store.history("lobby", { limit: 100 });
		assert.equal(messages.length, acked, "the acknowledged messages are stored, and no others");
		assert.ok(answers.every(({ ok }, i) => ok || i > 0));
		for (const client of [ada, bob]) {
			await client.until(() => client.socket.disconnected, "the end of its connection");
			assert.ok(client.socket.active, "it comes back by itself");
		}
		assert.ok(!reasons.includes("io server disconnect"), `${reasons}`);
	});

	test("D1 a draining server accepts no new requests", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const commit = server.store.append.bind(server.store);
		let letGo: (() => void) | undefined;
		const held = new Promise<void>((resolve) => {
			letGo = resolve;
		});
		server.store.append = async (batch) => {
			await held;
			return commit(batch);
		};
		const taken = ada.request("message:send", { room: "lobby", clientId: randomUUID(), body: "in time" });
		await ada.request("room:leave", { room: "elsewhere" });
		const closed = server.close();
		const late = await ada.request("message:send", { room: "lobby", clientId: randomUUID(), body: "too late" });
		assert.ok(!late.ok && late.error.code === "draining" && late.error.retryable);
		const ready = await fetch(`${server.url}/readyz`);
		assert.equal(ready.status, 503);
		letGo?.();
		assert.ok((await taken).ok);
		await closed;
	});

	test("D1 a polling connection without polls does not delay the drain", async (t) => {
		const server = await startServer(t);
		assert.equal((await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)).status, 200);
		assert.equal(server.io.engine.clientsCount, 1);
		await server.close();
		assert.equal(server.io.engine.clientsCount, 0);
	});

	test("D1 a WebSocket without a closing handshake does not delay the drain", async (t) => {
		const server = await startServer(t);
		const { token } = await server.signIn("eve");
		const eve = await RawClient.open(server.url, token);
		t.after(() => eve.socket.destroy());
		const ended = once(eve.socket, "close", { signal: AbortSignal.timeout(15_000) });
		await server.close();
		await ended;
	});

	test("disconnectAll() closes every connection, and new ones are accepted", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		server.disconnectAll();
		await ada.until(() => ada.socket.disconnected, "its disconnect");
		for (const transports of [["websocket"], ["polling"]]) await server.connect(ada.session, { transports });
	});
});
