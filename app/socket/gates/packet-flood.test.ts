import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { RawConnection } from "../../../load/kit/raw-connection.ts";
import { encodeFrame, OPCODE } from "../../../load/kit/wire.ts";
import { startServer, type TestServer } from "../../testing/harness.ts";
import { RawClient } from "../../testing/raw-client.ts";

const TIMEOUT_MS = 15_000;
const BURST = 200;
const env = { LIMIT_PACKETS_PER_S: "50", LIMIT_PACKETS_BURST: String(BURST) };
const text = (payload: string) => encodeFrame({ payload });
const times = (count: number, frame: Buffer) => Buffer.concat(Array.from({ length: count }, () => frame));

/** Resolves when the server has closed the connection, by a reset or not. */
function closed(socket: Socket): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error("the connection is still open")), TIMEOUT_MS);
		socket.once("close", () => {
			clearTimeout(timer);
			resolve();
		});
	});
}

async function hasFlooded(server: TestServer): Promise<boolean> {
	return (await server.metrics.text()).includes('disconnects_total{reason="flood"} 1\n');
}

/** Opens a WebSocket that does not sign in. */
async function openUnauthenticated(t: TestContext, server: TestServer): Promise<RawConnection> {
	const connection = new RawConnection(server.url);
	t.after(() => connection.destroy());
	assert.equal(await connection.upgrade(), 101);
	connection.socket.resume();
	return connection;
}

for (const [what, frame] of [
	["Engine.IO pongs", text("3")],
	["Engine.IO noops", text("6")],
	["acks that nobody waits for", text("430[]")],
	["events of other namespaces", text('42/other,["x"]')],
	["WebSocket pings", encodeFrame({ payload: "", opcode: OPCODE.ping })],
	["WebSocket pongs", encodeFrame({ payload: "", opcode: OPCODE.pong })],
] as const)
	for (const isSignedIn of [true, false])
		test(`L1 a flood of ${what} is disconnected, ${isSignedIn ? "with" : "without"} a session`, async (t) => {
			const server = await startServer(t, { env });
			const { socket } = isSignedIn
				? await RawClient.open(server.url, (await server.signIn("eve")).token)
				: await openUnauthenticated(t, server);
			const end = closed(socket);
			socket.write(times(2 * BURST, frame));
			await end;
			// Socket.IO itself closes the connection for some of these packets.
			if (what !== "events of other namespaces" && isSignedIn) assert.ok(await hasFlooded(server));
		});

test("L1 attempts to connect to other namespaces count, also after the sign-in", async (t) => {
	const server = await startServer(t, { env });
	const client = await RawClient.open(server.url, (await server.signIn("eve")).token);
	const end = closed(client.socket);
	client.socket.write(times(2 * BURST, text("40/other,")));
	await end;
});

test("L1 a packet counts once more for each KiB", async (t) => {
	const server = await startServer(t, { env });
	const client = await RawClient.open(server.url, (await server.signIn("eve")).token);
	const end = closed(client.socket);
	const event = `42${JSON.stringify(["typing:stop", { room: "x".repeat(20_000) }])}`;
	client.socket.write(times(30, text(event)));
	await end;
	assert.ok(await hasFlooded(server));
});

test("L1 packets of polling count", async (t) => {
	const server = await startServer(t, { env });
	const path = `${server.url}/socket.io/?EIO=4&transport=polling`;
	const { sid } = JSON.parse((await (await fetch(path)).text()).slice(1));
	const post = await fetch(`${path}&sid=${sid}`, {
		method: "POST",
		body: Array(2 * BURST)
			.fill("3")
			.join("\x1e"),
	});
	await post.body?.cancel();
	const next = await fetch(`${path}&sid=${sid}`);
	assert.equal(next.status, 400, "the connection is closed");
	assert.ok(await hasFlooded(server));
});

test("L1 within the limit everything is handled", async (t) => {
	const server = await startServer(t, { env });
	const client = await RawClient.open(server.url, (await server.signIn("ada")).token);
	client.socket.write(times(BURST / 2, text("3")));
	client.send('420["no such event",{}]');
	await client.until("430[");
});
