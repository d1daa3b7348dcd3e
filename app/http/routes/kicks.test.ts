import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { startWithAdmin } from "../../testing/admin.ts";
import type { ClientOptions } from "../../testing/client.ts";
import { handshakeRefusal } from "../../testing/handshake.ts";

describe("a kick", () => {
	async function inTwoRooms(t: TestContext, options: ClientOptions = {}) {
		const server = await startWithAdmin(t);
		const [ada, bob] = [await server.client("ada", { reconnection: true, ...options }), await server.client("bob")];
		for (const room of ["lobby", "attic"]) for (const client of [ada, bob]) await client.join(room);
		return { server, ada, bob };
	}

	for (const transport of ["websocket", "polling"] as const)
		test(`A3 from a room removes the user from it at once and leaves them in the others (${transport})`, async (t) => {
			const { server, ada, bob } = await inTwoRooms(t, { transports: [transport] });
			let disconnects = 0;
			ada.socket.on("disconnect", () => disconnects++);
			const { status, body } = await server.admin.post("/api/kicks", { user: ada.user.id, room: " LOBBY " });
			assert.deepEqual([status, body.bans[0].room], [201, "lobby"]);
			await bob.next("presence:diff", ({ room, leaves }) => room === "lobby" && leaves.length === 1);
			await ada.until(() => disconnects === 1 && ada.socket.connected, "its reconnect");
			const refused = await ada.request("room:join", { room: "lobby" });
			assert.ok(!refused.ok);
			const { code, message } = refused.error;
			assert.deepEqual(
				[code, message],
				["forbidden", "An admin has banned you from this room for another 10 minutes."],
			);
			await ada.join("attic");
			await bob.send("lobby", "without ada");
			const { seq } = await bob.send("attic", "with ada");
			await ada.entry("attic", seq);
			assert.deepEqual(ada.entries("lobby"), []);
			assert.equal(
				bob
					.received("presence:diff")
					.filter(({ room }) => room === "attic")
					.flatMap(({ leaves }) => leaves).length,
				0,
			);
			assert.equal((await server.admin.delete(`/api/bans?user=${ada.user.id}&room=lobby`)).status, 204);
			await ada.join("lobby");
		});

	test("A3 during a join, the join is refused", async (t) => {
		const server = await startWithAdmin(t);
		const ada = await server.client("ada");
		const open = server.store.open.bind(server.store);
		const reading = Promise.withResolvers<void>();
		const go = Promise.withResolvers<void>();
		server.store.open = async (...args) => {
			reading.resolve();
			await go.promise;
			return open(...args);
		};
		const joining = ada.request("room:join", { room: "lobby" });
		await reading.promise;
		await server.admin.post("/api/kicks", { user: ada.user.id, room: "lobby" });
		go.resolve();
		const ack = await joining;
		assert.equal(!ack.ok && ack.error.code, "forbidden");
	});

	test("A3 from the chat keeps the user out for some minutes, and does not shorten a longer ban", async (t) => {
		const { server, ada } = await inTwoRooms(t);
		await server.admin.post("/api/kicks", { user: ada.user.id, minutes: 1 });
		await ada.until(() => ada.socket.disconnected, "its disconnect");
		assert.match(
			(await handshakeRefusal(server, ada.session))?.message ?? "",
			/from this chat for another 1 minute\.$/,
		);
		await server.admin.post("/api/bans", { user: ada.user.id });
		const { body } = await server.admin.post("/api/kicks", { user: ada.user.id });
		assert.equal(body.bans[0].until, undefined, "the response has the active ban");
		assert.equal((await handshakeRefusal(server, ada.session))?.message, "An admin has banned you from this chat.");
	});
});
