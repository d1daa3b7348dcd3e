/** Messages of Engine.IO's protocol 4; sessions, heartbeats and upgrades stand in `transport.test.ts`. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, test } from "node:test";
import { Polling } from "./testing/polling.ts";
import { openProfile } from "./testing/profile.ts";
import { until } from "./testing/until.ts";
import { WebSocketLine } from "./testing/web-socket-line.ts";

describe("messages over polling", () => {
	for (const [what, payload] of [
		["one text", "4hello"],
		["several texts in one payload", "4test1\x1e4test2\x1e4test3"],
		["texts and bytes in one payload", "4hello\x1ebAQIDBA=="],
	] as const)
		test(`${what}, there and back`, async (t) => {
			const { url } = await openProfile(t, "lines");
			const line = await Polling.open(url);
			assert.deepEqual(await line.post(payload), { status: 200, body: "ok" });
			assert.deepEqual(await line.poll(), { status: 200, body: payload });
		});

	test("what is no packet closes the session", async (t) => {
		const { url, lines } = await openProfile(t, "lines");
		const line = await Polling.open(url);
		// The answer to the request itself says only that it came, or is cut off with the line.
		await line.post("abc").catch(() => {});
		await until(() => lines() === 0, "the end of the session");
		assert.equal((await line.poll()).status, 400);
	});

	test("a second poll beside the first closes the session", async (t) => {
		const { url, http } = await openProfile(t, "lines");
		const line = await Polling.open(url);
		const arrived = once(http, "request");
		const first = line.poll();
		await arrived;
		assert.equal((await line.poll()).status, 400);
		assert.deepEqual(await first, { status: 200, body: "1" });
		assert.equal((await line.poll()).status, 400);
	});

	test("a poll that is given up closes the session", async (t) => {
		const { url, http, lines } = await openProfile(t, "lines");
		const line = await Polling.open(url);
		const arrived = once(http, "request");
		const giveUp = new AbortController();
		const poll = line.poll(giveUp.signal);
		await arrived;
		giveUp.abort();
		await assert.rejects(poll);
		await until(() => lines() === 0, "the end of the session");
		assert.equal((await line.poll()).status, 400);
	});
});

describe("messages over WebSocket", () => {
	test("a text, there and back", async (t) => {
		const { url } = await openProfile(t, "lines");
		const line = new WebSocketLine(url);
		await line.nextText();
		line.send("4hello");
		assert.equal(await line.next(), "4hello");
	});

	test("bytes, there and back", async (t) => {
		const { url } = await openProfile(t, "lines");
		const line = new WebSocketLine(url);
		await line.nextText();
		line.send(Uint8Array.of(1, 2, 3, 4));
		assert.deepEqual(await line.next(), Uint8Array.of(1, 2, 3, 4).buffer);
	});

	test("what is no packet closes the session", async (t) => {
		const { url, lines } = await openProfile(t, "lines");
		const line = new WebSocketLine(url);
		await line.nextText();
		line.send("abc");
		await line.closed();
		await until(() => lines() === 0, "the end of the session");
	});
});
