import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { services, startChat } from "../testing/chat-of-processes.ts";

const running = services();

describe("roles and access on several processes", () => {
	test("O2 a role that is given and taken on one process holds on the other", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, ben] = [await other!.client("ada"), await other!.client("ben")];
		for (const client of [ada, ben]) await client.join("lobby");
		await ben.send("lobby", "one");
		await ben.send("lobby", "two");
		await one!.chat.roles.set("admin", { user: ada.user.id, role: "moderator" });
		await ada.until(() => other!.chat.people.roleOf(ada.user.id) === "moderator", "the role");
		await ada.change("message:remove", { room: "lobby", target: 1 });
		await one!.chat.roles.set("admin", { user: ada.user.id, role: "member" });
		await ada.until(() => other!.chat.people.roleOf(ada.user.id) === "member", "the end of the role");
		await assert.rejects(ada.change("message:remove", { room: "lobby", target: 2 }), /^Error: forbidden/);
	});

	test("O4 a closed access and a removal end the connections of the other process", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, ben] = [await other!.client("ada"), await other!.client("ben")];
		await one!.chat.roles.set("admin", { user: ada.user.id, role: "member" });
		await one!.chat.roles.setAccess("admin", "members");
		await ben.until(() => ben.socket.disconnected, "the disconnect of the stranger");
		assert.ok(ada.socket.connected);
		await one!.chat.roles.remove("admin", ada.user.id);
		await ada.until(() => ada.socket.disconnected, "the disconnect of the removed member");
	});

	test("O1 I2 of claims and redemptions at once on two processes one wins", async (t) => {
		const servers = await startChat(t, running());
		const users = await Promise.all(servers.map((server) => server.signIn("ada")));
		const created = await servers[0]!.chat.invitations.create("admin", { uses: 1 });
		assert.ok(created.ok);
		await servers[0]!.chat.roles.setAccess("admin", "invited");
		const redeemed = await Promise.all(
			servers.map(({ chat }, at) => chat.invitations.redeem(users[at]!.user, created.data.code)),
		);
		assert.equal(redeemed.filter(({ ok }) => ok).length, 1);
		const claims = await Promise.all(
			servers.map(({ store }, at) => store.claim(users[at]!.user, 1, { act: "claim", target: {}, createdAt: 1 })),
		);
		assert.deepEqual(claims.sort(), [false, true]);
	});

	test("O4 what changed while the cluster was unreachable holds on reconnect", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await other!.client("ada");
		await running().redis.kill();
		await one!.chat.roles.setAccess("admin", "invited");
		assert.ok(ada.socket.connected);
		await running().redis.resume();
		await ada.until(() => ada.socket.disconnected, "the disconnect");
	});
});
