/** The intended differences from the protocols in the README's table, with the chat itself and not the echo profile. */
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { startServer, type TestServer } from "../../testing/harness.ts";
import { upgradeResponse } from "../../testing/upgrade-response.ts";
import { ask, Polling } from "./testing/polling.ts";
import { WebSocketConnection } from "./testing/web-socket-connection.ts";

type Chat = TestServer & { endpoint: string; connect40: string };

/** Starts the chat. `endpoint` is the URL of handshakes, `connect40` the packet with which a signed-in user connects. */
async function startChat(t: TestContext): Promise<Chat> {
	const server = await startServer(t);
	const { token } = await server.signIn("ada");
	return { ...server, endpoint: `${server.url}/socket.io/`, connect40: `40${JSON.stringify({ token })}` };
}

/** Opens a connection with a socket. */
async function connected({ endpoint, connect40 }: Chat): Promise<WebSocketConnection> {
	const connection = new WebSocketConnection(endpoint);
	await connection.nextText();
	connection.send(connect40);
	assert.match(await connection.nextText(), /^40\{"sid":"[^"]+"\}$/);
	return connection;
}

describe("intended differences from the protocols", () => {
	test("S2 a socket needs a session, and is otherwise refused with `unauthorized`", async (t) => {
		const { endpoint } = await startChat(t);
		for (const packet of ["40", '40{"token":"123"}']) {
			const connection = new WebSocketConnection(endpoint);
			await connection.nextText();
			connection.send(packet);
			const answer = await connection.nextText();
			assert.ok(answer.startsWith("44{"), answer);
			assert.equal(JSON.parse(answer.slice(2)).data.code, "unauthorized");
		}
	});

	test("there is one namespace, and no other is created on request", async (t) => {
		const { endpoint, io, connect40 } = await startChat(t);
		for (const name of ["/custom", "/admin", "/random"]) {
			const connection = new WebSocketConnection(endpoint);
			await connection.nextText();
			connection.send(connect40.replace("40", `40${name},`));
			assert.equal(await connection.next(), `44${name},{"message":"Invalid namespace"}`);
		}
		assert.deepEqual([...io._nsps.keys()], ["/"]);
	});

	test("S6 a connection has one socket and ends with it", async (t) => {
		const chat = await startChat(t);
		const leaving = await connected(chat);
		leaving.send("41");
		await leaving.closed();
		const greedy = await connected(chat);
		greedy.send(chat.connect40);
		await greedy.closed();
	});

	test("L1 a packet has at most 64 KiB over both transports, and the handshake announces it", async (t) => {
		const chat = await startChat(t);
		const { body } = await ask(`${chat.endpoint}?EIO=4&transport=polling`);
		assert.equal(JSON.parse(body.slice(1)).maxPayload, 65_536);
		const connection = await connected(chat);
		connection.send(`42["x","${"x".repeat(65_536)}"]`);
		await connection.closed();
		const polling = await Polling.open(chat.endpoint);
		assert.equal((await polling.post(`4${"x".repeat(65_536)}`)).status, 413);
	});

	test("clients of Socket.IO 2, which speak EIO=3, are refused", async (t) => {
		const { endpoint } = await startChat(t);
		const { status, body } = await ask(`${endpoint}?EIO=3&transport=polling`);
		assert.equal(status, 400);
		assert.match(body, /Unsupported protocol version/);
		await assert.rejects(new WebSocketConnection(endpoint, "EIO=3&transport=websocket").next());
	});

	test("S4 JSONP and pages of another origin are refused, without CORS headers", async (t) => {
		const { endpoint } = await startChat(t);
		const handshake = `${endpoint}?EIO=4&transport=polling`;
		assert.equal((await ask(`${handshake}&j=0`)).status, 403);
		const foreign = await fetch(handshake, { headers: { origin: "https://evil.example" } });
		assert.equal(foreign.status, 403);
		assert.equal(foreign.headers.get("access-control-allow-origin"), null);
	});

	test("nothing is compressed, even if the client offers it", async (t) => {
		const { endpoint, url } = await startChat(t);
		const offered = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
		const answer = await upgradeResponse(url, "/socket.io/?EIO=4&transport=websocket", [offered]);
		assert.match(answer, /^HTTP\/1\.1 101 /);
		assert.doesNotMatch(answer, /Sec-WebSocket-Extensions/i);
		const polled = await fetch(`${endpoint}?EIO=4&transport=polling`, {
			headers: { "accept-encoding": "gzip, deflate" },
		});
		assert.equal(polled.headers.get("content-encoding"), null);
		await polled.text();
	});

	test("E1 an event with attachments is refused as malformed", async (t) => {
		const connection = await connected(await startChat(t));
		connection.send('451-7["room:join",{"room":{"_placeholder":true,"num":0}}]');
		connection.send(Uint8Array.of(1, 2, 3));
		const answer = await connection.nextText();
		assert.ok(answer.startsWith("437["), answer);
		assert.equal(JSON.parse(answer.slice(3))[0].error.code, "bad_request");
	});
});
