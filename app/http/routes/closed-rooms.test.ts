import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { Ack } from "../../protocol/refusal.ts";
import { startWithAdmin } from "../../testing/admin.ts";

const SENTENCE = "This room is read-only: an admin closed it.";

test("A5 a closed room can be joined and read, and refuses messages until it is reopened", async (t) => {
	const server = await startWithAdmin(t);
	const [ada, bob] = [await server.client("ada"), await server.client("bob", { transports: ["polling"] })];
	for (const client of [ada, bob]) for (const room of ["lobby", "attic"]) await client.join(room);
	await ada.send("lobby", "before");
	assert.equal((await server.admin.put("/api/closed-rooms/LOBBY?by=Eve&reason=enough")).status, 204);
	assert.equal((await server.admin.put("/api/closed-rooms/lobby")).status, 204, "once more");
	assert.deepEqual((await server.admin.get("/api/closed-rooms")).body, { rooms: ["lobby"] });
	for (const client of [ada, bob]) {
		const refused = await client.request("message:send", { room: "lobby", clientId: randomUUID(), body: "after" });
		assert.ok(!refused.ok);
		const { code, field, retryable, message } = refused.error;
		assert.deepEqual([code, field, retryable, message], ["forbidden", "room", false, SENTENCE]);
		await client.send("attic", "elsewhere");
	}
	const cem = await server.client("cem");
	assert.equal((await cem.join("lobby")).messages?.[0]?.body, "before");
	assert.equal((await server.admin.delete("/api/rooms/lobby/messages/1")).status, 204);
	await cem.entry("lobby", 2);

	assert.equal((await server.admin.delete("/api/closed-rooms/lobby")).status, 204);
	assert.equal((await server.admin.delete("/api/closed-rooms/lobby")).status, 404);
	assert.equal((await cem.send("lobby", "open again")).seq, 3);
});

test("A5 a message that was sent a moment before a room is closed is stored when the call returns, or never", async (t) => {
	const server = await startWithAdmin(t);
	const ada = await server.client("ada");
	await ada.join("lobby");
	const append = server.store.append.bind(server.store);
	server.store.append = async (batch) => {
		await new Promise((resolve) => setTimeout(resolve, 20));
		return append(batch);
	};
	const acks: Ack<unknown>[] = [];
	let sent = 0;
	const say = () => {
		sent++;
		ada.socket.emit("message:send", { room: "lobby", clientId: randomUUID(), body: "on and on" }, (ack) =>
			acks.push(ack),
		);
	};
	const talking = setInterval(say, 1);
	t.after(() => clearInterval(talking));
	await ada.until(() => acks.length > 20, "acks");
	await server.admin.put("/api/closed-rooms/lobby");
	const { seq } = await server.store.open("lobby", 0);
	await ada.until(() => acks.some(({ ok }) => !ok), "a refusal");
	clearInterval(talking);
	await ada.until(() => acks.length === sent, "every answer");
	assert.equal((await server.store.open("lobby", 0)).seq, seq);
	assert.equal(acks.filter(({ ok }) => ok).length, seq);
});

test("A5 a room stays closed after a restart, and when it is removed and created again", async (t) => {
	const first = await startWithAdmin(t);
	const ada = await first.client("ada");
	await ada.join("lobby");
	await ada.send("lobby", "a bad thing");
	await first.admin.put("/api/closed-rooms/lobby");
	assert.equal((await first.admin.delete("/api/rooms/lobby")).status, 204);
	await first.stop();
	const second = await startWithAdmin(t, { dataFolder: first.dataFolder });
	const bob = await second.client("bob");
	assert.deepEqual((await bob.join("lobby")).messages, []);
	await assert.rejects(bob.send("lobby", "again"), /^Error: forbidden: This room is read-only/);
});
