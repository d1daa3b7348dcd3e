import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { startServer } from "../../testing/harness.ts";
import { RawClient } from "../../testing/raw-client.ts";
import { frame, OPCODE } from "../../testing/raw-frame.ts";

const PING = frame({ payload: "p".repeat(125), opcode: OPCODE.ping });
const PINGS = Buffer.concat(Array.from({ length: 500 }, () => PING));
const CLOSE = frame({ payload: "", opcode: OPCODE.close });

test("L1 pings whose answers are not read have no more memory than anything else that waits", async (t) => {
	const server = await startServer(t);
	const [ada, eve] = [await server.client("ada"), await server.signIn("eve")];
	const line = await RawClient.open(server.url, eve.token);
	line.socket.pause();
	const end = once(line.socket, "close");
	const isCut = async () => (await server.metrics.text()).includes('disconnects_total{reason="slow_reader"} 1\n');
	while (!line.socket.destroyed && !(await isCut())) {
		line.socket.write(PINGS);
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
	line.socket.resume();
	await end;
	assert.ok(await isCut());
	await ada.join("lobby");
	await ada.send("lobby", "still here");
});

test("L1 a flood of pings is disconnected as one of packets is", async (t) => {
	const server = await startServer(t, { env: { LIMIT_PACKETS_PER_S: "50", LIMIT_PACKETS_BURST: "200" } });
	const line = await RawClient.open(server.url, (await server.signIn("eve")).token);
	const end = once(line.socket, "close");
	line.socket.write(PINGS);
	await end;
	assert.match(await server.metrics.text(), /disconnects_total\{reason="flood"\} 1\n/);
});

test("a few pings are answered, and the connection lives", async (t) => {
	const server = await startServer(t);
	const line = await RawClient.open(server.url, (await server.signIn("ada")).token);
	line.socket.write(PING);
	await line.until("p".repeat(125));
	line.socket.write(CLOSE);
	await once(line.socket, "close");
});

test("a connection that sends a disconnect packet and stays open is gone within seconds", async (t) => {
	const server = await startServer(t);
	const line = await RawClient.open(server.url, (await server.signIn("eve")).token);
	const end = once(line.socket, "close");
	line.send("41");
	assert.equal(await Promise.race([end.then(() => "gone"), later(10_000)]), "gone");
});

function later(ms: number): Promise<string> {
	return new Promise((resolve) => setTimeout(() => resolve("still there"), ms).unref());
}
