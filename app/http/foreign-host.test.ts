import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { test } from "node:test";
import { startServer } from "../testing/harness.ts";

const HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
const UPGRADE = {
	Connection: "Upgrade",
	Upgrade: "websocket",
	"Sec-WebSocket-Version": "13",
	"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
};

type Request = { path: string; method?: string; headers?: Record<string, string>; body?: string };

/** Sends a request that names the server by `host`. Returns the status and the text of the response. */
async function requestAt(url: string, host: string, { path, method, headers, body }: Request) {
	const sent = request(url + path, { method, headers: { host, ...headers } });
	sent.end(body);
	const response = await Promise.race([
		once(sent, "response").then(([message]) => message as IncomingMessage),
		once(sent, "upgrade").then(([, socket]) => void socket.destroy()),
	]);
	if (!response) return { status: 101, text: "" };
	const text = (await response.setEncoding("utf8").toArray()).join("");
	return { status: response.statusCode!, text };
}

const signIn = (host: string): Request => ({
	path: "/api/session",
	method: "POST",
	headers: { "content-type": "application/json", origin: `http://${host}` },
	body: '{"name":"Ada"}',
});

test("S8 a page at a name of others reads nothing: page, API and socket refuse, and say what to set", async (t) => {
	const { url } = await startServer(t);
	const { text } = await requestAt(url, "localhost", { path: HANDSHAKE });
	const { sid } = JSON.parse(text.slice(1)) as { sid: string };
	for (const host of ["evil.example", "evil.example:3000", "127.0.0.1.evil.example"]) {
		for (const one of [
			{ path: "/" },
			{ path: "/r/kitchen" },
			{ path: "/metrics" },
			{ path: "/api/rooms" },
			{ path: "/api/session" },
			signIn(host),
			{ path: HANDSHAKE },
			{ path: HANDSHAKE.replace("polling", "websocket"), headers: UPGRADE },
		]) {
			const { status, text } = await requestAt(url, host, one);
			// Engine.IO refuses an upgrade with 400.
			assert.equal(status, one.headers === UPGRADE ? 400 : 403, `${host} ${one.path}`);
			assert.match(text, /PUBLIC_ORIGIN to https:\/\/[\w.]*evil\.example\b/, one.path);
		}
		const later = await requestAt(url, host, { path: `${HANDSHAKE}&sid=${sid}` });
		assert.equal(later.status, 400, "a poll of a connection that was opened at another name");
	}
});

test("S8 at its own names the chat responds, and the health checks at any name", async (t) => {
	const { url } = await startServer(t, { env: { PUBLIC_ORIGIN: "https://chat.example", FLY_APP_NAME: "my-chat" } });
	for (const host of ["127.0.0.1", "localhost:3000", "laptop.local", "chat.example", "my-chat.fly.dev"]) {
		const statuses = [
			{ path: "/" }, // there is no built page
			{ path: "/api/session" },
			{ path: HANDSHAKE },
			{ path: HANDSHAKE.replace("polling", "websocket"), headers: UPGRADE },
		].map(async (one) => (await requestAt(url, host, one)).status);
		assert.deepEqual(await Promise.all(statuses), [404, 401, 200, 101], host);
	}
	for (const path of ["/livez", "/readyz", "/healthz"])
		assert.equal((await requestAt(url, "10.0.0.7.internal", { path })).status, 200, path);
});
