/** What a line is, by Engine.IO's protocol 4: the same with lines alone and with Socket.IO on top of them. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, test } from "node:test";
import { ask, Polling } from "./testing/polling.ts";
import { type Layer, openProfile, type Profile } from "./testing/profile.ts";
import { until } from "./testing/until.ts";
import { WebSocketLine } from "./testing/web-socket-line.ts";

/** What each layer answers to a packet, to show that the line lives. */
const SAYS: Record<Layer, { packet: string; answer: RegExp }> = {
	lines: { packet: "4hello", answer: /^4hello$/ },
	sockets: { packet: "40", answer: /^40\{"sid":"[^"]+"\}$/ },
};
const PINGS = { pingIntervalMs: 50, pingTimeoutMs: 10_000 };
const NO_PATIENCE = { pingIntervalMs: 50, pingTimeoutMs: 50 };

function assertHandshake(packet: string, upgrades: string[]): void {
	assert.equal(packet[0], "0");
	const { sid, ...rest } = JSON.parse(packet.slice(1)) as Record<string, unknown>;
	assert.equal(typeof sid, "string");
	assert.deepEqual(rest, { upgrades, pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 65_536 });
}

/** A line that began with polling and is on WebSocket now. */
async function upgraded({ url, transportOf }: Profile): Promise<{ polling: Polling; line: WebSocketLine }> {
	const polling = await Polling.open(url);
	const line = new WebSocketLine(url, `EIO=4&transport=websocket&sid=${polling.sid}`);
	await line.opened();
	line.send("2probe");
	assert.equal(await line.next(), "3probe");
	line.send("5");
	await until(() => transportOf(polling.sid) === "websocket", "the upgrade");
	return { polling, line };
}

for (const layer of ["lines", "sockets"] as const) {
	const { packet, answer } = SAYS[layer];

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

		test("pings come, and pongs keep it open", async (t) => {
			const { url } = await openProfile(t, layer, PINGS);
			const line = await Polling.open(url);
			for (let i = 0; i < 3; i++) {
				assert.deepEqual(await line.poll(), { status: 200, body: "2" });
				assert.equal((await line.post("3")).status, 200);
			}
		});

		test("without a pong it is closed", async (t) => {
			const { url, lines } = await openProfile(t, layer, NO_PATIENCE);
			const line = await Polling.open(url);
			await until(() => lines() === 0, "the end of the session");
			assert.equal((await line.poll()).status, 400);
		});

		test("the client's goodbye closes it, and ends the poll that is under way", async (t) => {
			const { url, http } = await openProfile(t, layer);
			const line = await Polling.open(url);
			const arrived = once(http, "request");
			const poll = line.poll();
			await arrived;
			assert.equal((await line.post("1")).status, 200);
			assert.deepEqual(await poll, { status: 200, body: "6" });
			assert.equal((await line.poll()).status, 400);
		});
	});

	describe(`a connection over WebSocket, ${layer}`, () => {
		test("a handshake opens a session", async (t) => {
			const { url } = await openProfile(t, layer);
			assertHandshake(await new WebSocketLine(url).nextText(), []);
		});

		test("another EIO, or none, is refused", async (t) => {
			const { url, lines } = await openProfile(t, layer);
			for (const query of ["transport=websocket", "EIO=abc&transport=websocket"])
				await assert.rejects(new WebSocketLine(url, query).next(), query);
			assert.equal(lines(), 0);
		});

		test("another transport, or none, is refused", async (t) => {
			const { url, lines } = await openProfile(t, layer);
			for (const query of ["EIO=4", "EIO=4&transport=abc"])
				await assert.rejects(new WebSocketLine(url, query).next(), query);
			assert.equal(lines(), 0);
		});

		test("pings come, and pongs keep it open", async (t) => {
			const { url } = await openProfile(t, layer, PINGS);
			const line = new WebSocketLine(url);
			await line.nextText();
			for (let i = 0; i < 3; i++) {
				assert.equal(await line.next(), "2");
				line.send("3");
			}
		});

		test("without a pong it is closed", async (t) => {
			const { url, lines } = await openProfile(t, layer, NO_PATIENCE);
			await new WebSocketLine(url).closed();
			assert.equal(lines(), 0);
		});

		test("the client's goodbye closes it: the packet with the silence after it, and the closing of the WebSocket", async (t) => {
			const { url } = await openProfile(t, layer, NO_PATIENCE);
			const line = new WebSocketLine(url);
			await line.nextText();
			line.send("1");
			await line.closed();
			const patient = await openProfile(t, layer);
			const other = new WebSocketLine(patient.url);
			await other.nextText();
			other.close();
			await until(() => patient.lines() === 0, "the end of the session");
		});
	});

	describe(`from polling to WebSocket, ${layer}`, () => {
		test("an upgrade ends the poll that is under way, and goes on over WebSocket", async (t) => {
			const { url, http } = await openProfile(t, layer);
			const polling = await Polling.open(url);
			const line = new WebSocketLine(url, `EIO=4&transport=websocket&sid=${polling.sid}`);
			await line.opened();
			const arrived = once(http, "request");
			const poll = polling.poll();
			await arrived;
			line.send("2probe");
			assert.equal(await line.next(), "3probe");
			assert.deepEqual(await poll, { status: 200, body: "6" });
			line.send("5");
			line.send(packet);
			assert.match(await line.nextText(), answer);
		});

		test("polls after the upgrade are refused, and the connection lives", async (t) => {
			const { polling, line } = await upgraded(await openProfile(t, layer));
			assert.equal((await polling.poll()).status, 400);
			line.send(packet);
			assert.match(await line.nextText(), answer);
		});

		test("a second WebSocket for the same session is closed, and the connection lives", async (t) => {
			const profile = await openProfile(t, layer);
			const { polling, line } = await upgraded(profile);
			await new WebSocketLine(profile.url, `EIO=4&transport=websocket&sid=${polling.sid}`).closed();
			line.send(packet);
			assert.match(await line.nextText(), answer);
		});
	});
}
