import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openChat } from "../testing/open-chat.ts";

/** One process: polling opens many connections, which a plain balancer would send to different processes. */
const POLLING = { processes: 1 } as const;

describe("transports", () => {
	test("M5 messages during an upgrade from polling to WebSocket arrive once and in order, in both directions", async (t) => {
		const server = await openChat(t, POLLING);
		const bob = await server.client("bob");
		await bob.join("lobby");
		for (let round = 0; round < 10; round++) {
			const ada = await server.client(`ada ${round}`, { transports: ["polling", "websocket"] });
			const { seq } = await ada.join("lobby");
			const said = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? ada : bob).send("lobby", `${i}`));
			const acks = await Promise.all(said);
			const last = Math.max(...acks.map((ack) => ack.seq));
			await ada.entry("lobby", last);
			assert.deepEqual(
				ada.entries("lobby").map((entry) => entry.seq),
				Array.from({ length: 20 }, (_, i) => seq + 1 + i),
			);
			await ada.until(() => ada.socket.io.engine.transport.name === "websocket", "its upgrade");
			ada.close();
		}
	});

	test("if WebSocket is blocked, polling delivers everything", async (t) => {
		const server = await openChat(t, POLLING);
		const ada = await server.client("ada", { transports: ["polling"] });
		const bob = await server.client("bob");
		for (const client of [ada, bob]) await client.join("lobby");
		await bob.send("lobby", "over polling");
		await ada.entry("lobby", 1);
		assert.equal(ada.socket.io.engine.transport.name, "polling");
	});
});
