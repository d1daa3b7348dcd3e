import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openChat } from "../testing/open-chat.ts";

const names = (users: readonly { name: string }[]) => users.map(({ name }) => name);

describe("presence on the wire", () => {
	test("P1 members receive a newcomer's join; the newcomer receives a snapshot and not its own join", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const bob = await server.client("bob");
		const { presence } = await bob.join("lobby");
		assert.deepEqual([presence.count, names(presence.members), presence.truncated], [2, ["ada", "bob"], false]);
		const diff = await ada.next("presence:diff", ({ joins }) => names(joins).includes("bob"));
		assert.deepEqual([diff.room, diff.count, diff.leaves], ["lobby", 2, []]);
		assert.ok(bob.received("presence:diff").every(({ joins }) => !names(joins).includes("bob")));
	});

	for (const [how, leave] of [
		[
			"leaves the room",
			(client: { request(e: string, p: object): unknown }) => client.request("room:leave", { room: "lobby" }),
		],
		["disconnects", (client: { close(): void }) => client.close()],
	] as const) {
		test(`P2 a user who ${how} is absent at once`, async (t) => {
			const server = await openChat(t, { env: { PRESENCE_GRACE_MS: "600000" } });
			const [ada, bob] = [await server.client("ada"), await server.client("bob")];
			for (const client of [ada, bob]) await client.join("lobby");
			await ada.next("presence:diff", ({ joins }) => names(joins).includes("bob"));
			leave(bob);
			const diff = await ada.next("presence:diff", ({ leaves }) => names(leaves).includes("bob"));
			assert.equal(diff.count, 1);
		});
	}

	test("P2 a user whose connection drops is absent after the grace period, unless they reconnect within it", async (t) => {
		const server = await openChat(t, { env: { PRESENCE_GRACE_MS: "1000" } });
		const [ada, bob, cleo] = [await server.client("ada"), await server.client("bob"), await server.client("cleo")];
		for (const client of [ada, bob, cleo]) await client.join("lobby");
		bob.drop();
		cleo.drop();
		const back = await server.connect(bob.session);
		assert.equal((await back.join("lobby")).presence.count, 3, "both are held while they may come back");
		await ada.next("presence:diff", ({ leaves }) => names(leaves).includes("cleo"));
		assert.ok(ada.received("presence:diff").every(({ leaves }) => !names(leaves).includes("bob")));
	});

	test("P2 a user on two devices is one member", async (t) => {
		const server = await openChat(t);
		const session = await server.signIn("ada");
		const [phone, laptop] = [await server.connect(session), await server.connect(session)];
		await phone.join("lobby");
		assert.equal((await laptop.join("lobby")).presence.count, 1);
		const bob = await server.client("bob");
		await bob.join("lobby");
		phone.close();
		const cleo = await server.client("cleo");
		assert.equal((await cleo.join("lobby")).presence.count, 3);
		assert.ok(bob.received("presence:diff").every(({ leaves }) => leaves.length === 0));
	});

	test("P1 above 100 members presence is a count", async (t) => {
		const server = await openChat(t);
		const first = await server.client("first");
		await first.join("hall");
		const guests = await Promise.all(Array.from({ length: 120 }, (_, i) => server.client(`guest ${i}`)));
		await Promise.all(guests.map((guest) => guest.join("hall")));
		await first.next("presence:diff", ({ count, joins }) => count === 121 && joins.length === 0);
		assert.ok(first.received("presence:diff").length <= 10, `${first.received("presence:diff").length} packets`);
		const { presence } = await (await server.client("late")).join("hall");
		assert.deepEqual([presence.count, presence.members.length, presence.truncated], [122, 20, true]);
	});
});

describe("typing and notices on the wire", () => {
	test("T1 typing is broadcast to the room, and ends when the message is sent", async (t) => {
		const server = await openChat(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		for (const client of [ada, bob]) await client.join("lobby");
		ada.socket.emit("typing:start", { room: "lobby" });
		await bob.next("typing:changed", ({ users }) => names(users).includes("ada"));
		await ada.send("lobby", "there");
		await bob.until(() => bob.received("typing:changed").at(-1)?.users.length === 0, "that ada stopped");
	});

	test("N1 a notice reaches everyone, in a room or not", async (t) => {
		const server = await openChat(t, { env: { ADMIN_TOKEN: "the-admins-token" } });
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		await ada.join("lobby");
		const response = await fetch(`${server.url}/api/notice`, {
			method: "POST",
			headers: { "content-type": "application/json", authorization: "Bearer the-admins-token" },
			body: JSON.stringify({ text: "Back in five minutes" }),
		});
		assert.ok(response.ok, await response.text());
		for (const client of [ada, bob]) assert.equal((await client.next("server:notice")).text, "Back in five minutes");
	});
});
