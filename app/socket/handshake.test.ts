import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Refusal } from "../protocol/refusal.ts";
import { type ClientOptions, TestClient } from "../testing/client.ts";
import { startServer, type TestChat } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";
import { RawClient } from "../testing/raw-client.ts";

async function refusal(server: TestChat, options: ClientOptions): Promise<Refusal | undefined> {
	const nobody = new TestClient(server.url, { user: { id: "", name: "nobody" }, token: "" }, options);
	try {
		await nobody.connected();
		return undefined;
	} catch (error) {
		return (error as Error).cause as Refusal;
	} finally {
		nobody.close();
	}
}

describe("the handshake", () => {
	test("S2 a handshake needs a token or a cookie", async (t) => {
		const server = await openChat(t);
		const { token } = await server.signIn("ada");
		assert.equal(await refusal(server, { auth: { token } }), undefined);
		for (const cookie of [`a=b; session=${token}`, `session=another; session=${token}`])
			assert.equal(await refusal(server, { auth: {}, extraHeaders: { cookie } }), undefined);
		const bad: Record<string, unknown>[] = [
			{},
			{ token: "" },
			{ token: `${token}x` },
			{ token: token.slice(1) },
			{ token: [token] },
			{ token: { toString: "x" } },
			{ token: "x".repeat(10_000) },
		];
		for (const auth of bad) {
			const { code, message, retryable } = (await refusal(server, { auth })) ?? {};
			assert.deepEqual([code, retryable], ["unauthorized", false], JSON.stringify(auth));
			assert.match(message ?? "", /^Sign in first/);
		}
	});

	test("S3 a sign-out closes that session's sockets permanently, and no others", async (t) => {
		const server = await openChat(t);
		const session = await server.signIn("ada");
		const [phone, laptop] = [await server.connect(session), await server.connect(session)];
		const bob = await server.client("bob");
		const response = await fetch(`${server.url}/api/session`, {
			method: "DELETE",
			headers: { cookie: `session=${session.token}` },
		});
		assert.equal(response.status, 204);
		await phone.until(() => phone.socket.disconnected, "its end");
		await laptop.until(() => laptop.socket.disconnected, "its end");
		assert.ok(bob.socket.connected);
		assert.equal((await refusal(server, { auth: { token: session.token } }))?.code, "unauthorized");
	});

	test("S3 connections that a sign-out closes are counted by that reason", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		await fetch(`${server.url}/api/session`, {
			method: "DELETE",
			headers: { cookie: `session=${ada.session.token}` },
		});
		await ada.until(() => ada.socket.disconnected, "its end");
		assert.match(await server.metrics.text(), /disconnects_total\{reason="session_ended"\} 1$/m);
	});

	test("S3 a session that was signed out stays revoked after a restart", async (t) => {
		const first = await openChat(t);
		const { token } = await first.signIn("ada");
		await fetch(`${first.url}/api/session`, { method: "DELETE", headers: { cookie: `session=${token}` } });
		const second = await openChat(t, { dataFolder: first.dataFolder });
		assert.equal((await refusal(second, { auth: { token } }))?.code, "unauthorized");
	});

	test("S4 a page of another origin is refused over both transports", async (t) => {
		// Polling opens many connections, which must reach the same process.
		const server = await openChat(t, { processes: 1 });
		const { token } = await server.signIn("ada");
		for (const transport of ["websocket", "polling"]) {
			const from = (origin: string) => ({ auth: { token }, transports: [transport], extraHeaders: { origin } });
			const evil = new TestClient(server.url, { user: { id: "", name: "evil" }, token }, from("https://evil.example"));
			await assert.rejects(evil.connected());
			evil.close();
			assert.equal(await refusal(server, from(server.url)), undefined);
		}
	});

	test("S5 a client with another version of the protocol is refused as stale", async (t) => {
		const server = await openChat(t);
		const { token } = await server.signIn("ada");
		for (const v of [0, 2, "1", null, {}])
			assert.equal((await refusal(server, { auth: { token, v } }))?.code, "stale_client", JSON.stringify(v));
		assert.equal(await refusal(server, { auth: { token, v: 1 } }), undefined);
	});

	test("S6 connections are limited per user and per address, and closing one makes room", async (t) => {
		const env = {
			LIMIT_CONNECTIONS_PER_USER: "2",
			LIMIT_CONNECTIONS_PER_ADDRESS: "3",
			LOAD_TOKEN: "a-token-for-loads",
		};
		const server = await startServer(t, { env });
		const ada = await server.signIn("ada");
		const first = await server.connect(ada);
		await server.connect(ada);
		const third = await refusal(server, { auth: { token: ada.token } });
		assert.deepEqual([third?.code, third?.retryable], ["rate_limited", true]);
		assert.ok((third?.retryAfterMs ?? 0) > 0);
		await server.client("bob");
		const cleo = await server.signIn("cleo");
		assert.equal((await refusal(server, { auth: { token: cleo.token } }))?.code, "rate_limited");
		const load = { auth: { token: cleo.token }, extraHeaders: { "x-load-token": "a-token-for-loads" } };
		assert.equal(await refusal(server, load), undefined, "the load token lifts the limit of the address");
		first.close();
		await first.until(() => server.io.engine.clientsCount === 2, "the server letting go");
		assert.equal(await refusal(server, { auth: { token: ada.token } }), undefined);
	});

	test("S6 the load token lifts the limit per address, and not that per user", async (t) => {
		const env = {
			LIMIT_CONNECTIONS_PER_USER: "1",
			LIMIT_CONNECTIONS_PER_ADDRESS: "1",
			LIMIT_MESSAGES_PER_S: "0.01",
			LIMIT_MESSAGES_BURST: "1",
			LOAD_TOKEN: "a-token-for-loads",
		};
		const server = await startServer(t, { env });
		const extraHeaders = { "x-load-token": env.LOAD_TOKEN };
		const [ada, bob] = [await server.client("ada", { extraHeaders }), await server.client("bob", { extraHeaders })];
		assert.equal((await refusal(server, { auth: { token: ada.session.token }, extraHeaders }))?.code, "rate_limited");
		await bob.join("lobby");
		await bob.send("lobby", "one");
		await assert.rejects(bob.send("lobby", "another"), /rate_limited/);
	});

	test("S6 a connection has one socket; a second CONNECT closes it", async (t) => {
		const server = await startServer(t);
		const { token } = await server.signIn("eve");
		const handshake = `${server.url}/socket.io/?EIO=4&transport=polling`;
		const { sid } = JSON.parse((await (await fetch(handshake)).text()).slice(1)) as { sid: string };
		let most = 0;
		server.io.on("connection", () => {
			most = Math.max(most, server.io.sockets.sockets.size);
		});
		const connect = `40${JSON.stringify({ token })}`;
		await fetch(`${handshake}&sid=${sid}`, { method: "POST", body: Array(100).fill(connect).join("\x1e") });
		const bob = await server.client("bob");
		await bob.until(() => server.io.engine.clientsCount === 1, "the end of eve's connection");
		assert.ok(most <= 1, `${most} sockets at once`);
		assert.equal(server.io.sockets.sockets.size, 1);
	});

	test("S6 a connection is closed when its socket disconnects", async (t) => {
		const server = await startServer(t);
		const { token } = await server.signIn("eve");
		const eve = await RawClient.open(server.url, token);
		const bob = await server.client("bob");
		eve.send("41");
		await bob.until(() => server.io.engine.clientsCount === 1, "the end of eve's connection");
	});

	test("other namespaces are refused", async (t) => {
		const server = await openChat(t);
		const { token } = await server.signIn("ada");
		const elsewhere = new TestClient(
			`${server.url}/admin`,
			{ user: { id: "", name: "x" }, token },
			{ auth: { token } },
		);
		await assert.rejects(elsewhere.connected(), /Invalid namespace/);
		elsewhere.close();
	});
});
