import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { encodeFrame, OPCODE } from "../../../load/kit/wire.ts";
import { startServer } from "../../testing/harness.ts";
import { RawClient } from "../../testing/raw-client.ts";

const PING = encodeFrame({ payload: "p".repeat(125), opcode: OPCODE.ping });
const PINGS = Buffer.concat(Array.from({ length: 500 }, () => PING));
const CLOSE = encodeFrame({ payload: "", opcode: OPCODE.close });

test("L1 unread pongs count towards LIMIT_UNSENT_BYTES", async (t) => {
	const server = await startServer(t);
	const [ada, eve] = [await server.client("ada"), await server.signIn("eve")];
	const client = await RawClient.open(server.url, eve.token);
	client.socket.pause();
	const end = once(client.socket, "close");
	const isCounted = async () => (await server.metrics.text()).includes('disconnects_total{reason="slow_reader"} 1\n');
	while (!client.socket.destroyed && !(await isCounted())) {
		client.socket.write(PINGS);
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
	client.socket.resume();
	await end;
	assert.ok(await isCounted());
	await ada.join("lobby");
	await ada.send("lobby", "still here");
});

test("a few pings get pongs, and the connection stays open", async (t) => {
	const server = await startServer(t);
	const client = await RawClient.open(server.url, (await server.signIn("ada")).token);
	client.socket.write(PING);
	await client.until("p".repeat(125));
	client.socket.write(CLOSE);
	await once(client.socket, "close");
});

test("a client that disconnects its socket and not its WebSocket is closed within seconds", async (t) => {
	const server = await startServer(t);
	const client = await RawClient.open(server.url, (await server.signIn("eve")).token);
	const end = once(client.socket, "close");
	client.send("41");
	assert.equal(await Promise.race([end.then(() => "gone"), later(10_000)]), "gone");
});

function later(ms: number): Promise<string> {
	return new Promise((resolve) => setTimeout(() => resolve("still there"), ms).unref());
}
