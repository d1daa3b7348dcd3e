import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TestClient } from "../../testing/client.ts";
import { services, startChat } from "../testing/chat-of-processes.ts";

const running = services();
const BY = { by: "Eve" };

describe("moderation on several processes", () => {
	test("A2 a ban disconnects a user from another process, which then refuses them", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await other!.client("ada");
		await ada.join("lobby");
		await one!.chat.moderation.ban({ user: ada.user.id }, BY);
		await ada.until(() => ada.socket.disconnected, "the disconnect");
		const back = new TestClient(other!.url, ada.session);
		t.after(() => back.close());
		await assert.rejects(back.connected(), /An admin has banned you/);
		await one!.chat.moderation.unban({ kind: "user", target: ada.user.id }, BY);
		await ada.until(() => other!.chat.bans.list().length === 0, "the end of the ban");
	});

	test("A2 addresses that only another process knows are banned there, for the same time", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await other!.client("ada");
		const ack = await one!.chat.moderation.ban({ user: ada.user.id, withAddresses: true, minutes: 60 }, BY);
		assert.ok(ack.ok);
		const { until } = ack.data.bans[0]!;
		const isBanned = () => one!.chat.bans.list().find(({ kind }) => kind === "address");
		const ban = await ada.until(isBanned, "the ban of the address");
		assert.deepEqual([ban.target, ban.name, ban.until, ban.by], ["127.0.0.1", "ada", until, "Eve"]);
		assert.deepEqual((await one!.store.activeModeration()).bans.map(({ kind }) => kind).sort(), ["address", "user"]);
	});

	test("A3 A5 a kick from a room and its closing take effect on the other process", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await other!.client("ada", { reconnection: true });
		await ada.join("lobby");
		let disconnects = 0;
		ada.socket.on("disconnect", () => disconnects++);
		await one!.chat.moderation.kick(ada.user.id, { room: "lobby" }, BY);
		await ada.until(() => disconnects === 1 && ada.socket.connected, "the reconnect");
		await assert.rejects(ada.join("lobby"), /^Error: forbidden/);
		await ada.join("attic");
		await one!.chat.moderation.closeRoom("attic", BY);
		await ada.next("room:closed", ({ room, closed }) => room === "attic" && closed);
		await assert.rejects(ada.send("attic", "hello"), /read-only/);
	});

	test("A2 moderation commands given while the cluster is unreachable take effect on reconnect", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await other!.client("ada");
		await running().redis.kill();
		await one!.chat.moderation.ban({ user: ada.user.id }, BY);
		assert.ok(ada.socket.connected);
		await running().redis.resume();
		await ada.until(() => ada.socket.disconnected, "the disconnect");
	});
});
