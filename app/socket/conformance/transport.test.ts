/** The transports of Engine.IO's protocol 4, for connections alone and with Socket.IO on top of them. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, test } from "node:test";
import { ask, Polling } from "./testing/polling.ts";
import { type EchoProfile, type Layer, openProfile } from "./testing/profile.ts";
import { until } from "./testing/until.ts";
import { WebSocketConnection } from "./testing/web-socket-connection.ts";

/** The reply of each layer to a packet, which shows that the connection is open. */
const ECHOES: Record<Layer, { packet: string; answer: RegExp }> = {
	connections: { packet: "4hello", answer: /^4hello$/ },
	sockets: { packet: "40", answer: /^40\{"sid":"[^"]+"\}$/ },
};
const PINGS = { pingIntervalMs: 50, pingTimeoutMs: 10_000 };
const SHORT_TIMEOUT = { pingIntervalMs: 50, pingTimeoutMs: 50 };

function assertHandshake(packet: string, upgrades: string[]): void {
	assert.equal(packet[0], "0");
	const { sid, ...rest } = JSON.parse(packet.slice(1)) as Record<string, unknown>;
	assert.equal(typeof sid, "string");
	assert.deepEqual(rest, { upgrades, pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 65_536 });
}

/** Opens a connection over polling and upgrades it to WebSocket. */
async function upgraded({
	url,
	transportOf,
}: EchoProfile): Promise<{ polling: Polling; connection: WebSocketConnection }> {
	const polling = await Polling.open(url);
	const connection = new WebSocketConnection(url, `EIO=4&transport=websocket&sid=${polling.sid}`);
	await connection.opened();
	connection.send("2probe");
	assert.equal(await connection.next(), "3probe");
	connection.send("5");
	await until(() => transportOf(polling.sid) === "websocket", "the upgrade");
	return { polling, connection };
}

for (const layer of ["connections", "sockets"] as const) {
	const { packet, answer } = ECHOES[layer];

	describe(`a connection over polling, ${layer}`, () => {
		test("a handshake opens a session", async (t) => {
			const { url } = await openProfile(t, layer);
			const { status, body } = await ask(`${url}?EIO=4&transport=polling`);
			assert.equal(status, 200);
			assertHandshake(body, ["websocket"]);
		});

		test("another EIO, or none, is refused", async (t) => {
			const { url } = await openProfile(t, layer);
			for (const query of ["transport=polling", "EIO=abc&transport=polling"])
				assert.equal((await ask(`${url}?${query}`)).status, 400, query);
		});

		test("another transport, or none, is refused", async (t) => {
			const { url } = await openProfile(t, layer);
			for (const query of ["EIO=4", "EIO=4&transport=abc"])
				assert.equal((await ask(`${url}?${query}`)).status, 400, query);
		});

		test("a handshake by another method is refused", async (t) => {
			const { url } = await openProfile(t, layer);
			for (const method of ["POST", "PUT"])
				assert.equal((await ask(`${url}?EIO=4&transport=polling`, { method })).status, 400, method);
		});

		test("the server pings, and pongs keep the session open", async (t) => {
			const { url } = await openProfile(t, layer, PINGS);
			const connection = await Polling.open(url);
			for (let i = 0; i < 3; i++) {
				assert.deepEqual(await connection.poll(), { status: 200, body: "2" });
				assert.equal((await connection.post("3")).status, 200);
			}
		});

		test("without a pong the session is closed", async (t) => {
			const { url, connections } = await openProfile(t, layer, SHORT_TIMEOUT);
			const connection = await Polling.open(url);
			await until(() => connections() === 0, "the end of the session");
			assert.equal((await connection.poll()).status, 400);
		});

		test("a close packet closes the session and ends the pending poll", async (t) => {
			const { url, http } = await openProfile(t, layer);
			const connection = await Polling.open(url);
			const arrived = once(http, "request");
			const poll = connection.poll();
			await arrived;
			assert.equal((await connection.post("1")).status, 200);
			assert.deepEqual(await poll, { status: 200, body: "6" });
			assert.equal((await connection.poll()).status, 400);
		});
	});

	describe(`a connection over WebSocket, ${layer}`, () => {
		test("a handshake opens a session", async (t) => {
			const { url } = await openProfile(t, layer);
			assertHandshake(await new WebSocketConnection(url).nextText(), []);
		});

		test("another EIO, or none, is refused", async (t) => {
			const { url, connections } = await openProfile(t, layer);
			for (const query of ["transport=websocket", "EIO=abc&transport=websocket"])
				await assert.rejects(new WebSocketConnection(url, query).next(), query);
			assert.equal(connections(), 0);
		});

		test("another transport, or none, is refused", async (t) => {
			const { url, connections } = await openProfile(t, layer);
			for (const query of ["EIO=4", "EIO=4&transport=abc"])
				await assert.rejects(new WebSocketConnection(url, query).next(), query);
			assert.equal(connections(), 0);
		});

		test("the server pings, and pongs keep the session open", async (t) => {
			const { url } = await openProfile(t, layer, PINGS);
			const connection = new WebSocketConnection(url);
			await connection.nextText();
			for (let i = 0; i < 3; i++) {
				assert.equal(await connection.next(), "2");
				connection.send("3");
			}
		});

		test("without a pong the session is closed", async (t) => {
			const { url, connections } = await openProfile(t, layer, SHORT_TIMEOUT);
			await new WebSocketConnection(url).closed();
			assert.equal(connections(), 0);
		});

		test("the session ends when the WebSocket closes; after a close packet it ends without a pong", async (t) => {
			const { url } = await openProfile(t, layer, SHORT_TIMEOUT);
			const connection = new WebSocketConnection(url);
			await connection.nextText();
			connection.send("1");
			await connection.closed();
			const withDefaults = await openProfile(t, layer);
			const other = new WebSocketConnection(withDefaults.url);
			await other.nextText();
			other.close();
			await until(() => withDefaults.connections() === 0, "the end of the session");
		});
	});

	describe(`from polling to WebSocket, ${layer}`, () => {
		test("an upgrade ends the pending poll and continues over WebSocket", async (t) => {
			const { url, http } = await openProfile(t, layer);
			const polling = await Polling.open(url);
			const connection = new WebSocketConnection(url, `EIO=4&transport=websocket&sid=${polling.sid}`);
			await connection.opened();
			const arrived = once(http, "request");
			const poll = polling.poll();
			await arrived;
			connection.send("2probe");
			assert.equal(await connection.next(), "3probe");
			assert.deepEqual(await poll, { status: 200, body: "6" });
			connection.send("5");
			connection.send(packet);
			assert.match(await connection.nextText(), answer);
		});

		test("polls after the upgrade are refused, and the connection stays open", async (t) => {
			const { polling, connection } = await upgraded(await openProfile(t, layer));
			assert.equal((await polling.poll()).status, 400);
			connection.send(packet);
			assert.match(await connection.nextText(), answer);
		});

		test("a second WebSocket for the same session is closed, and the connection stays open", async (t) => {
			const profile = await openProfile(t, layer);
			const { polling, connection } = await upgraded(profile);
			await new WebSocketConnection(profile.url, `EIO=4&transport=websocket&sid=${polling.sid}`).closed();
			connection.send(packet);
			assert.match(await connection.nextText(), answer);
		});
	});
}
