import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { Ack } from "../../protocol/refusal.ts";
import { startWithAdmin } from "../../testing/admin.ts";
import { type ClientOptions, TestClient } from "../../testing/client.ts";
import { handshakeRefusal } from "../../testing/handshake.ts";
import type { TestServer } from "../../testing/harness.ts";

const POLLING: ClientOptions = { transports: ["polling"] };
/** Trusts one proxy, so that a test can choose the address of each client. */
const PROXIED = { env: { TRUST_PROXY: "1" } };
const from = (address: string): ClientOptions => ({ extraHeaders: { "x-forwarded-for": address } });

function signIn(server: TestServer, name: string, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(`${server.url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json", ...headers },
		body: JSON.stringify({ name }),
	});
}

const disconnectOf = (client: TestClient) => client.until(() => client.socket.disconnected, "its disconnect");

describe("a ban of a user", () => {
	test("A2 closes every connection of the user at once, also on a second tab and over polling, and no other", async (t) => {
		const server = await startWithAdmin(t);
		const session = await server.signIn("ada");
		const tabs = [await server.connect(session), await server.connect(session), await server.connect(session, POLLING)];
		const bob = await server.client("bob");
		for (const client of [...tabs, bob]) await client.join("lobby");
		const { status, body } = await server.admin.post("/api/bans", { user: session.user.id, reason: "spam", by: "Eve" });
		assert.equal(status, 201);
		const [{ createdAt, ...ban }] = body.bans;
		assert.deepEqual(ban, { kind: "user", target: session.user.id, name: "ada", reason: "spam", by: "Eve" });
		await Promise.all(tabs.map(disconnectOf));
		// A stock client does not reconnect after a disconnect packet of the server.
		for (const { socket } of tabs) assert.equal(socket.active, false);
		await bob.next("presence:diff", ({ leaves }) => leaves.some(({ id }) => id === session.user.id));
		assert.ok(bob.socket.connected);
		assert.match(await server.metrics.text(), /disconnects_total\{reason="banned"\} 3$/m);
	});

	test("A2 refuses handshakes and HTTP requests of the session, with a sentence, until it is lifted", async (t) => {
		const server = await startWithAdmin(t);
		const session = await server.signIn("ada");
		await server.admin.post("/api/bans", { user: session.user.id });
		for (const options of [{}, POLLING]) {
			const { code, retryable, message } = (await handshakeRefusal(server, session, options)) ?? {};
			assert.deepEqual([code, retryable, message], ["forbidden", false, "An admin has banned you from this chat."]);
		}
		const cookie = { cookie: `session=${session.token}` };
		for (const path of ["/api/session", "/api/rooms"]) {
			const response = await fetch(server.url + path, { headers: cookie });
			assert.equal(response.status, 403, path);
			assert.equal((await response.json()).error.code, "forbidden");
		}
		assert.equal((await signIn(server, "ada again", cookie)).status, 403, "with the banned user's cookie");
		assert.equal(
			(await signIn(server, "ada again")).status,
			201,
			"without the cookie: only a ban of the address refuses it",
		);

		assert.equal((await server.admin.delete(`/api/bans?user=${session.user.id}`)).status, 204);
		assert.equal(await handshakeRefusal(server, session), undefined);
		assert.equal((await server.admin.delete(`/api/bans?user=${session.user.id}`)).status, 404);
	});

	test("A2 a message that was sent a moment before is stored when the call returns, or never", async (t) => {
		const server = await startWithAdmin(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		// Slow commits, so that some appends are in progress and some wait.
		const append = server.store.append.bind(server.store);
		server.store.append = async (batch) => {
			await new Promise((resolve) => setTimeout(resolve, 20));
			return append(batch);
		};
		let isBanned = false;
		const acks: Ack<unknown>[] = [];
		const sending = (async () => {
			while (!isBanned) {
				ada.socket.emit("message:send", { room: "lobby", clientId: randomUUID(), body: "spam" }, (ack) =>
					acks.push(ack),
				);
				await new Promise((resolve) => setTimeout(resolve, 1));
			}
		})();
		await ada.until(() => acks.length > 20, "acks");
		await server.admin.post("/api/bans", { user: ada.user.id });
		const stored = (await server.store.open("lobby", 0)).seq;
		isBanned = true;
		await sending;
		await disconnectOf(ada);
		await server.chat.drain();
		assert.equal((await server.store.open("lobby", 0)).seq, stored);
		assert.ok(stored >= acks.filter(({ ok }) => ok).length);
	});

	test("A2 a ban during a handshake applies to the connection", async (t) => {
		const server = await startWithAdmin(t);
		const session = await server.signIn("ada");
		// The handshake has been admitted, and the connection is not open yet.
		server.io.use((_socket, next) => {
			server.admin.post("/api/bans", { user: session.user.id }).then(() => next());
		});
		const client = new TestClient(server.url, session);
		t.after(() => client.close());
		await client.until(() => client.socket.id === undefined && !client.socket.active, "its disconnect");
		assert.equal(server.io.sockets.sockets.size, 0);
		assert.match(await server.metrics.text(), /^hubbub_users 0$/m);
	});

	test("A2 it survives a restart and ends at its time", async (t) => {
		const first = await startWithAdmin(t);
		const [ada, bob] = [await first.signIn("ada"), await first.signIn("bob")];
		await first.admin.post("/api/bans", { user: ada.user.id });
		await first.admin.post("/api/bans", { user: bob.user.id, minutes: 3 * 24 * 60 });
		await first.stop();
		const second = await startWithAdmin(t, { dataFolder: first.dataFolder });
		assert.equal((await handshakeRefusal(second, ada))?.code, "forbidden");
		assert.equal(
			(await handshakeRefusal(second, bob))?.message,
			"An admin has banned you from this chat for another 3 days.",
		);
		assert.deepEqual(
			(await second.admin.get("/api/bans")).body.bans.map(({ target }: { target: string }) => target),
			[bob.user.id, ada.user.id],
		);
		await second.store.enact([{ kind: "unban", banned: { kind: "user", target: bob.user.id } }], []);
		const ended = { kind: "user", target: bob.user.id, until: Date.now() + 50, createdAt: 1 } as const;
		await second.store.enact([{ kind: "ban", ban: ended }], []);
		await second.chat.activeModeration.reconcile();
		await new Promise((resolve) => setTimeout(resolve, 60));
		assert.equal(await handshakeRefusal(second, bob), undefined);
	});
});

describe("a ban of an address", () => {
	const home = "2001:db8:7::1";
	const neighbour = "2001:db8:7:0:ffff::2";

	test("A2 disconnects clients from the address, and refuses handshakes and sign-ins from it", async (t) => {
		const server = await startWithAdmin(t, PROXIED);
		const [ada, ben, cem] = [
			await server.client("ada", from(home)),
			await server.client("ben", { ...from(neighbour), ...POLLING }),
			await server.client("cem", from("192.0.2.7")),
		];
		const { body } = await server.admin.post("/api/bans", { address: home });
		assert.equal(body.bans[0].target, "2001:db8:7:0::/64");
		await Promise.all([disconnectOf(ada), disconnectOf(ben)]);
		assert.ok(cem.socket.connected);
		const another = await (await signIn(server, "dora", { "x-forwarded-for": "192.0.2.9" })).json();
		assert.equal((await handshakeRefusal(server, another, from(neighbour)))?.code, "forbidden");
		const response = await signIn(server, "dora", { "x-forwarded-for": neighbour });
		assert.equal(response.status, 403);
		assert.equal((await response.json()).error.message, "An admin has banned your address from this chat.");
		const listing = { "x-forwarded-for": home, cookie: `session=${another.token}` };
		assert.equal((await fetch(`${server.url}/api/rooms`, { headers: listing })).status, 403);
		const which = encodeURIComponent("2001:db8:7:0::/64");
		assert.equal((await server.admin.delete(`/api/bans?address=${which}`)).status, 204);
		assert.equal(await handshakeRefusal(server, another, from(home)), undefined);
	});

	test("A2 one call bans a user and the addresses they are connected from", async (t) => {
		const server = await startWithAdmin(t, PROXIED);
		const session = await server.signIn("ada");
		const [desk, phone, ben] = [
			await server.connect(session, from("192.0.2.7")),
			await server.connect(session, from(home)),
			await server.client("ben", from("192.0.2.8")),
		];
		for (const client of [desk, phone, ben]) await client.join("lobby");
		const members = (await server.admin.get("/api/rooms/LOBBY/members")).body;
		assert.equal(members.truncated, false);
		assert.deepEqual(members.members[0], {
			user: session.user,
			connections: 2,
			addresses: [
				{ address: "192.0.2.7", users: 1 },
				{ address: "2001:db8:7:0::/64", users: 1 },
			],
		});
		const { body } = await server.admin.post("/api/bans", { user: session.user.id, addresses: true, minutes: 60 });
		assert.deepEqual(
			body.bans.map(({ kind, target, name }: Record<string, string>) => [kind, target, name]),
			[
				["user", session.user.id, "ada"],
				["address", "192.0.2.7", "ada"],
				["address", "2001:db8:7:0::/64", "ada"],
			],
		);
		await Promise.all([disconnectOf(desk), disconnectOf(phone)]);
		assert.ok(ben.socket.connected);
		assert.equal((await signIn(server, "ada again", { "x-forwarded-for": "192.0.2.7" })).status, 403);
	});

	test("A2 a ban of a user who has left includes the addresses they had", async (t) => {
		const server = await startWithAdmin(t, PROXIED);
		const ada = await server.client("ada", from("192.0.2.7"));
		await server.admin.post("/api/kicks", { user: ada.user.id });
		await disconnectOf(ada);
		const { body } = await server.admin.post("/api/bans", { user: ada.user.id, addresses: true });
		assert.deepEqual(
			body.bans.map(({ target, name }: Record<string, string>) => [target, name]),
			[
				[ada.user.id, "ada"],
				["192.0.2.7", "ada"],
			],
		);
	});

	test("A2 an admin can lift a ban of their own address", async (t) => {
		const server = await startWithAdmin(t);
		await server.admin.post("/api/bans", { address: "127.0.0.1" });
		assert.equal((await signIn(server, "ada")).status, 403);
		assert.equal((await server.admin.delete("/api/bans?address=127.0.0.1")).status, 204);
		assert.equal((await signIn(server, "ada")).status, 201);
	});
});
