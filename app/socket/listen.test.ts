import assert from "node:assert/strict";
import { once } from "node:events";
import { get } from "node:http";
import { connect, type Socket } from "node:net";
import { describe, test } from "node:test";
import { startServer, type TestServer } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";

const HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

/** Requests an upgrade, and keeps its own side of the connection open. */
async function upgrade({ url }: TestServer, path: string): Promise<Socket> {
	const { hostname, port } = new URL(url);
	const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
	socket.on("error", () => {}); // the tests wait for the disconnect
	await once(socket, "connect");
	socket.write(
		[
			`GET ${path} HTTP/1.1`,
			`Host: ${hostname}:${port}`,
			"Connection: Upgrade",
			"Upgrade: websocket",
			"Sec-WebSocket-Version: 13",
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
			"\r\n",
		].join("\r\n"),
	);
	return socket;
}

async function untilNobodyIsConnected({ http }: TestServer): Promise<void> {
	for (const deadline = Date.now() + 15_000; ; ) {
		const count = await new Promise<number>((resolve, reject) =>
			http.getConnections((error, connections) => (error ? reject(error) : resolve(connections))),
		);
		if (count === 0) return;
		if (Date.now() > deadline) throw new Error(`${count} connections were never closed`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

describe("listening for sockets", () => {
	test("the options that protect the server are set", async (t) => {
		const { io, http } = await startServer(t);
		const { maxHttpBufferSize, perMessageDeflate, httpCompression, allowEIO3, cors, transports } = io.engine.opts;
		assert.deepEqual(
			{ maxHttpBufferSize, perMessageDeflate, httpCompression, allowEIO3, cors, transports },
			{
				maxHttpBufferSize: 65_536,
				perMessageDeflate: false,
				httpCompression: false,
				allowEIO3: false,
				cors: false,
				transports: ["polling", "websocket"],
			},
		);
		assert.equal((io as unknown as { _connectTimeout: number })._connectTimeout, 10_000);
		assert.ok(http.headersTimeout > 0 && http.requestTimeout > 0, "a request that never ends is given up");
	});

	test("the client's files are not served: the page has its own", async (t) => {
		const { url } = await openChat(t);
		for (const file of ["socket.io.js", "socket.io.esm.min.js"]) {
			const { status } = await fetch(`${url}/socket.io/${file}`);
			assert.ok(status >= 400, `${file}: ${status}`);
		}
	});

	test("an upgrade on another path is refused and closed, even if the client stays", async (t) => {
		const server = await startServer(t);
		const socket = await upgrade(server, "/elsewhere");
		t.after(() => socket.destroy());
		const [answer] = await once(socket, "data", { signal: AbortSignal.timeout(15_000) });
		assert.match(String(answer), /^HTTP\/1\.1 404 /);
		await untilNobodyIsConnected(server);
	});

	for (const protocol of ["h2c", "TLS/1.0", "h2c, websocket"])
		test(`a request that offers ${protocol} has its usual answer`, async (t) => {
			const { url } = await openChat(t);
			const headers = { Connection: "Upgrade, HTTP2-Settings", Upgrade: protocol, "HTTP2-Settings": "AAMAAABk" };
			const request = get(`${url}/livez`, { headers });
			const [response] = await once(request, "response", { signal: AbortSignal.timeout(15_000) });
			response.resume();
			assert.equal(response.statusCode, 200);
		});

	test("an upgrade that is reset at once does not end the process", async (t) => {
		const server = await startServer(t);
		for (const path of ["/elsewhere", "/socket.io/?EIO=4&transport=websocket", HANDSHAKE]) {
			const arrived = once(server.http, "upgrade");
			const socket = await upgrade(server, path);
			await arrived;
			socket.resetAndDestroy();
		}
		await untilNobodyIsConnected(server);
		await server.client("ada");
	});

	test("S4 JSONP, which sends no Origin, is refused", async (t) => {
		const { url } = await openChat(t);
		assert.equal((await fetch(`${url}${HANDSHAKE}`)).status, 200);
		for (const query of ["&j=0", "&j=", "&%6a=0", "&j=0&j=1"]) {
			const { status } = await fetch(`${url}${HANDSHAKE}${query}`);
			assert.equal(status, 403, query);
		}
	});

	test("S4 a request with a sid and the Origin of another site is refused", async (t) => {
		const { url } = await openChat(t);
		const { sid } = JSON.parse((await (await fetch(`${url}${HANDSHAKE}`)).text()).slice(1));
		const foreign = { origin: "https://evil.example" };
		const poll = `${url}${HANDSHAKE}&sid=${sid}`;
		assert.equal((await fetch(poll, { headers: foreign, method: "POST", body: "3" })).status, 400);
		assert.equal((await fetch(poll, { headers: foreign })).status, 400);
		assert.equal((await fetch(`${poll}&j=0`)).status, 400);
		const own = await fetch(poll, { headers: { origin: url }, method: "POST", body: "3" });
		assert.equal(own.status, 200, "the connection is as it was");
	});

	test("S6 handshakes that arrive in one read count each", async (t) => {
		const server = await startServer(t, { env: { LIMIT_CONNECTIONS_PER_ADDRESS: "5" } });
		const { hostname, port } = new URL(server.url);
		const socket = connect(Number(port), hostname);
		t.after(() => socket.destroy());
		let received = "";
		socket.on("data", (chunk) => {
			received += chunk;
		});
		socket.write(`GET ${HANDSHAKE} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`.repeat(20));
		const count = (status: number) => received.split(`HTTP/1.1 ${status} `).length - 1;
		for (const deadline = Date.now() + 15_000; count(200) + count(403) < 20 && Date.now() < deadline; )
			await new Promise((resolve) => setTimeout(resolve, 10));
		assert.deepEqual([count(200), count(403)], [5, 15]);
	});

	test("S6 unauthenticated connections are limited per address; a sign-in makes room", async (t) => {
		const env = { LIMIT_CONNECTIONS_PER_ADDRESS: "3", LOAD_TOKEN: "a-token-for-loads" };
		const server = await startServer(t, { env });
		const open = (headers = {}) => fetch(`${server.url}${HANDSHAKE}`, { headers });
		await server.client("ada");
		const handshakes = [await open(), await open(), await open()];
		assert.deepEqual(
			handshakes.map(({ status }) => status),
			[200, 200, 200],
			"a signed-in connection no longer counts",
		);
		assert.equal((await open()).status, 403);
		assert.equal((await open({ "x-load-token": "a-token-for-loads" })).status, 200);
		server.disconnectAll();
		await open().then(({ status }) => assert.equal(status, 200, "a closed connection makes room"));
	});
});
