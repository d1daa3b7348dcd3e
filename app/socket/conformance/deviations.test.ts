/** Where the chat itself, and not the echoing profile, departs from the protocols on purpose: the README's table. */
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { startServer, type TestServer } from "../../testing/harness.ts";
import { upgradeAnswer } from "../../testing/upgrade-answer.ts";
import { ask, Polling } from "./testing/polling.ts";
import { WebSocketLine } from "./testing/web-socket-line.ts";

type Chat = TestServer & { lines: string; connect40: string };

/** The chat, where its lines are, and the packet with which somebody who is signed in connects. */
async function startChat(t: TestContext): Promise<Chat> {
	const server = await startServer(t);
	const { token } = await server.signIn("ada");
	return { ...server, lines: `${server.url}/socket.io/`, connect40: `40${JSON.stringify({ token })}` };
}

/** A line on which somebody is connected. */
async function connected({ lines, connect40 }: Chat): Promise<WebSocketLine> {
	const line = new WebSocketLine(lines);
	await line.nextText();
	line.send(connect40);
	assert.match(await line.nextText(), /^40\{"sid":"[^"]+"\}$/);
	return line;
}

describe("departing from the protocols on purpose", () => {
	test("S2 a socket is for those who are signed in, and nobody receives what they sent", async (t) => {
		const { lines } = await startChat(t);
		for (const packet of ["40", '40{"token":"123"}']) {
			const line = new WebSocketLine(lines);
			await line.nextText();
			line.send(packet);
			const answer = await line.nextText();
			assert.ok(answer.startsWith("44{"), answer);
			assert.equal(JSON.parse(answer.slice(2)).data.code, "unauthorized");
		}
	});

	test("there is one namespace, and no other is made by asking for it", async (t) => {
		const { lines, io, connect40 } = await startChat(t);
		for (const name of ["/custom", "/admin", "/random"]) {
			const line = new WebSocketLine(lines);
			await line.nextText();
			line.send(connect40.replace("40", `40${name},`));
			assert.equal(await line.next(), `44${name},{"message":"Invalid namespace"}`);
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

	test("L1 a packet is at most 64 KiB, which the handshake says, by either transport", async (t) => {
		const chat = await startChat(t);
		const { body } = await ask(`${chat.lines}?EIO=4&transport=polling`);
		assert.equal(JSON.parse(body.slice(1)).maxPayload, 65_536);
		const line = await connected(chat);
		line.send(`42["x","${"x".repeat(65_536)}"]`);
		await line.closed();
		const polling = await Polling.open(chat.lines);
		assert.equal((await polling.post(`4${"x".repeat(65_536)}`)).status, 413);
	});

	test("clients of Socket.IO 2, which speak EIO=3, are refused", async (t) => {
		const { lines } = await startChat(t);
		const { status, body } = await ask(`${lines}?EIO=3&transport=polling`);
		assert.equal(status, 400);
		assert.match(body, /Unsupported protocol version/);
		await assert.rejects(new WebSocketLine(lines, "EIO=3&transport=websocket").next());
	});

	test("S4 JSONP, and pages of another origin, are refused, and no page is told that it may read", async (t) => {
		const { lines } = await startChat(t);
		const handshake = `${lines}?EIO=4&transport=polling`;
		assert.equal((await ask(`${handshake}&j=0`)).status, 403);
		const foreign = await fetch(handshake, { headers: { origin: "https://evil.example" } });
		assert.equal(foreign.status, 403);
		assert.equal(foreign.headers.get("access-control-allow-origin"), null);
	});

	test("nothing is compressed, whatever the client offers", async (t) => {
		const { lines, url } = await startChat(t);
		const offered = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
		const answer = await upgradeAnswer(url, "/socket.io/?EIO=4&transport=websocket", [offered]);
		assert.match(answer, /^HTTP\/1\.1 101 /);
		assert.doesNotMatch(answer, /Sec-WebSocket-Extensions/i);
		const polled = await fetch(`${lines}?EIO=4&transport=polling`, { headers: { "accept-encoding": "gzip, deflate" } });
		assert.equal(polled.headers.get("content-encoding"), null);
		await polled.text();
	});

	test("E1 an event with attachments is an event of the wrong shape, and answered like one", async (t) => {
		const line = await connected(await startChat(t));
		line.send('451-7["room:join",{"room":{"_placeholder":true,"num":0}}]');
		line.send(Uint8Array.of(1, 2, 3));
		const answer = await line.nextText();
		assert.ok(answer.startsWith("437["), answer);
		assert.equal(JSON.parse(answer.slice(3))[0].error.code, "bad_request");
	});
});
