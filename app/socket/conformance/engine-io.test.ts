/** Messages of Engine.IO's protocol 4; sessions, heartbeats and upgrades are in `transport.test.ts`. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, test } from "node:test";
import { Polling } from "./testing/polling.ts";
import { openProfile } from "./testing/profile.ts";
import { until } from "./testing/until.ts";
import { WebSocketConnection } from "./testing/web-socket-connection.ts";

describe("messages over polling", () => {
	for (const [what, payload] of [
		["a single text", "4hello"],
		["several texts in one payload", "4test1\x1e4test2\x1e4test3"],
		["texts and bytes in one payload", "4hello\x1ebAQIDBA=="],
	] as const)
		test(`echo: ${what}`, async (t) => {
			const { url } = await openProfile(t, "connections");
			const connection = await Polling.open(url);
			assert.deepEqual(await connection.post(payload), { status: 200, body: "ok" });
			assert.deepEqual(await connection.poll(), { status: 200, body: payload });
		});

	test("an invalid packet closes the session", async (t) => {
		const { url, connections } = await openProfile(t, "connections");
		const connection = await Polling.open(url);
		// The request itself gets a response without a verdict, or its connection is closed.
		await connection.post("abc").catch(() => {});
		await until(() => connections() === 0, "the end of the session");
		assert.equal((await connection.poll()).status, 400);
	});

	test("a second concurrent poll closes the session", async (t) => {
		const { url, http } = await openProfile(t, "connections");
		const connection = await Polling.open(url);
		const arrived = once(http, "request");
		const first = connection.poll();
		await arrived;
		assert.equal((await connection.poll()).status, 400);
		assert.deepEqual(await first, { status: 200, body: "1" });
		assert.equal((await connection.poll()).status, 400);
	});

	test("an aborted poll closes the session", async (t) => {
		const { url, http, connections } = await openProfile(t, "connections");
		const connection = await Polling.open(url);
		const arrived = once(http, "request");
		const giveUp = new AbortController();
		const poll = connection.poll(giveUp.signal);
		await arrived;
		giveUp.abort();
		await assert.rejects(poll);
		await until(() => connections() === 0, "the end of the session");
		assert.equal((await connection.poll()).status, 400);
	});
});

describe("messages over WebSocket", () => {
	test("echo: a text", async (t) => {
		const { url } = await openProfile(t, "connections");
		const connection = new WebSocketConnection(url);
		await connection.nextText();
		connection.send("4hello");
		assert.equal(await connection.next(), "4hello");
	});

	test("echo: bytes", async (t) => {
		const { url } = await openProfile(t, "connections");
		const connection = new WebSocketConnection(url);
		await connection.nextText();
		connection.send(Uint8Array.of(1, 2, 3, 4));
		assert.deepEqual(await connection.next(), Uint8Array.of(1, 2, 3, 4).buffer);
	});

	test("an invalid packet closes the session", async (t) => {
		const { url, connections } = await openProfile(t, "connections");
		const connection = new WebSocketConnection(url);
		await connection.nextText();
		connection.send("abc");
		await connection.closed();
		await until(() => connections() === 0, "the end of the session");
	});
});
