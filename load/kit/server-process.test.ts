import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { connect, request } from "./client.ts";
import { fetchMetrics, readLabelled, readMetric } from "./metrics.ts";
import { PacketClient } from "./packet-client.ts";
import { RawConnection } from "./raw-connection.ts";
import { ServerProcess } from "./server-process.ts";
import { signIn } from "./sign-in.ts";
import { TcpProxy } from "./tcp-proxy.ts";

test("a server is started, spoken to by each kind of client, and stopped without a trace", async () => {
	await using server = await ServerProcess.start();
	assert.equal(server.isRunning, true);
	using proxy = await TcpProxy.open(["http://127.0.0.1:1", server.url]);
	const { token, user } = await signIn(proxy.url, "ada", { from: "127.0.0.1" });
	assert.equal(user.name, "ada");
	await assert.rejects(signIn(server.url, ""), /^Error: POST \/api\/session: bad_request$/);

	const socket = await connect(proxy.url, token);
	const { epoch } = await request<{ epoch: string }>(socket, "room:join", { room: "lobby" });
	assert.ok(epoch);
	await assert.rejects(request(socket, "room:join", { room: 7 } as never), /bad_request/);
	const disconnected = new Promise((resolve) => socket.once("disconnect", resolve));
	proxy.resetAll();
	await disconnected;
	await assert.rejects(connect(server.url, "no token"));

	const client = await PacketClient.open(server.url, token);
	assert.equal((await client!.request("room:join", { room: "lobby" }))?.ok, true);
	assert.equal(await PacketClient.open(server.url, "no token"), undefined);
	const raw = new RawConnection(server.url);
	raw.write("GET\r\n\r\n");
	assert.equal(await raw.status(), 400);
	const unanswered = client!.request("room:leave", {});
	client!.close();
	assert.equal(await unanswered, undefined);

	const metrics = await fetchMetrics(server.url);
	assert.ok(readMetric(metrics, "hubbub_process_resident_memory_bytes")! > 1e6);
	assert.equal(readMetric(metrics, "no_such_metric"), undefined);
	assert.ok(readLabelled(metrics, "hubbub_refusals_total", "code").bad_request! >= 1);

	assert.equal(await server.stop(), 0);
	assert.equal(server.isRunning, false);
	assert.equal(existsSync(server.folder), false);
	assert.equal(server.output(), server.tail());
});

test("a program that exits, or cannot be started, is reported with what it wrote", async () => {
	const command = [process.execPath, "-e", "console.error('no database'); process.exit(3)"];
	await assert.rejects(ServerProcess.start({ command }), /exited before it was ready\.\nno database/);
	await assert.rejects(ServerProcess.start({ command: ["/no/such/program"] }), /ENOENT/);
});

test("a killed server starts again on its port and its database", async () => {
	await using server = await ServerProcess.start();
	const { token } = await signIn(server.url, "ada");
	await server.kill();
	assert.equal(server.isRunning, false);
	await server.start();
	const known = await fetch(`${server.url}/api/session`, { headers: { authorization: `Bearer ${token}` } });
	assert.equal(known.status, 200);
	await known.body?.cancel();
});
