import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "../../testing/harness.ts";

const POLLING = "/socket.io/?EIO=4&transport=polling";
const BETWEEN_PACKETS = "\x1e";

test("S6 a client that tries to sign in again and again on one connection gets a few tries, however many are in one read", async (t) => {
	const server = await startServer(t);
	let looks = 0;
	server.io.use((_, next) => {
		looks++;
		next();
	});
	const opened = await (await fetch(server.url + POLLING)).text();
	const line = `${server.url}${POLLING}&sid=${JSON.parse(opened.slice(1)).sid}`;
	const body = Array(3_000).fill('40{"token":"wrong"}').join(BETWEEN_PACKETS);
	await fetch(line, { method: "POST", body });
	assert.ok(looks <= 10, `${looks} looks`);
	assert.equal((await fetch(line)).status, 400, "the line has ended");
	const ada = await server.client("ada");
	await ada.join("lobby");
});
