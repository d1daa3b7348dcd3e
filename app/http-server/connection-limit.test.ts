import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { startServer } from "../testing/harness.ts";

const LIMIT = { LIMIT_CONNECTIONS_PER_ADDRESS: "1" };
/** Ten HTTP connections per chat connection. */
const MOST = 10;

/** Begins a request and never completes it. */
async function dawdle(t: TestContext, url: string, head = "GET / HTTP/1.1\r\nX: "): Promise<Socket> {
	const socket = connect(Number(new URL(url).port), "127.0.0.1");
	socket.on("error", () => undefined);
	socket.resume();
	t.after(() => socket.destroy());
	await once(socket, "connect");
	socket.write(head);
	return socket;
}

test("L1 HTTP connections are limited per address, and a closed one makes room", async (t) => {
	const server = await startServer(t, { env: LIMIT });
	const kept: Socket[] = [];
	for (let opened = 0; opened < MOST; opened++) kept.push(await dawdle(t, server.url));
	const oneMore = await dawdle(t, server.url);
	if (!oneMore.destroyed) await once(oneMore, "close");
	for (const socket of kept) assert.ok(!socket.destroyed);
	for (const socket of kept) socket.destroy();
	while ((await fetch(`${server.url}/livez`).catch(() => undefined))?.status !== 200);
});

test("L1 a connection that was upgraded to WebSocket no longer counts as an HTTP connection", async (t) => {
	const env = { LIMIT_CONNECTIONS_PER_ADDRESS: "2" };
	const server = await startServer(t, { env });
	const ada = await server.client("ada");
	for (let opened = 0; opened < 2 * MOST - 2; opened++) await dawdle(t, server.url);
	await ada.join("lobby");
	await server.connect(ada.session);
});

test("L1 the load token lifts the limit, and behind a proxy there is none", async (t) => {
	const withToken = "GET /livez HTTP/1.1\r\nHost: a\r\nX-Load-Token: the-token-of-the-test\r\n\r\n";
	const loaded = await startServer(t, { env: { ...LIMIT, LOAD_TOKEN: "the-token-of-the-test" } });
	for (let opened = 0; opened < 2 * MOST; opened++) {
		const socket = await dawdle(t, loaded.url, withToken);
		await once(socket, "data");
	}
	const behind = await startServer(t, { env: { ...LIMIT, TRUST_PROXY: "1" } });
	for (let opened = 0; opened < 2 * MOST; opened++) await dawdle(t, behind.url);
	assert.equal((await fetch(`${behind.url}/livez`)).status, 200);
});

test("L1 a connection with many unanswered requests is closed, and one that reads its answers is not", async (t) => {
	const server = await startServer(t);
	const request = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";
	const flooding = await dawdle(t, server.url, request.repeat(100));
	if (!flooding.destroyed) await once(flooding, "close");
	const reading = await dawdle(t, server.url, "");
	for (let sent = 0; sent < 100; sent++) {
		reading.write(request);
		await once(reading, "data");
	}
	assert.ok(!reading.destroyed);
	assert.ok(server.http.timeout > 0, "one that is idle is closed");
});
