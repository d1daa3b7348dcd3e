import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "../../testing/harness.ts";

const POLLING = "/socket.io/?EIO=4&transport=polling";
const BETWEEN_PACKETS = "\x1e";

test("S6 the number of CONNECT packets per connection is limited, also within one read", async (t) => {
	const server = await startServer(t);
	let handshakes = 0;
	server.io.use((_, next) => {
		handshakes++;
		next();
	});
	const opened = await (await fetch(server.url + POLLING)).text();
	const connectionUrl = `${server.url}${POLLING}&sid=${JSON.parse(opened.slice(1)).sid}`;
	const body = Array(3_000).fill('40{"token":"wrong"}').join(BETWEEN_PACKETS);
	await fetch(connectionUrl, { method: "POST", body });
	assert.ok(handshakes <= 10, `${handshakes} handshakes`);
	assert.equal((await fetch(connectionUrl)).status, 400, "the connection has ended");
	const ada = await server.client("ada");
	await ada.join("lobby");
});
