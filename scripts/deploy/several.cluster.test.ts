import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { RedisServer } from "../../app/cluster/testing/redis-server.ts";
import type { HistoryData } from "../../app/protocol/message.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { PostgresServer } from "../../app/store/postgres/testing/postgres-server.ts";
import { openFlyProxy } from "../../app/testing/fly-proxy.ts";
import { connect, request } from "../../load/kit/client.ts";
import { signIn } from "../../load/kit/sign-in.ts";
import { startFakeFly } from "./testing/fake-fly.ts";

const APP = "my-chat";
const NETWORK = "Post https://api.fly.io/graphql: dial tcp: i/o timeout";

let postgres: PostgresServer;
before(async () => {
	postgres = await PostgresServer.start();
});
after(() => postgres.dispose());

/** Starts a fake Fly.io with real databases and one process per machine. */
async function realFly(t: TestContext) {
	const redis = await RedisServer.start();
	const postgresUrl = await postgres.createDatabase();
	const fly = await startFakeFly(t, (state) => {
		state.databases = { postgresUrl, redisPort: Number(new URL(redis.url()).port) };
	});
	t.after(() => redis.dispose());
	const running = () =>
		(fly.state().apps[APP]?.machines ?? []).map(({ id, port }) => ({ id, url: `http://127.0.0.1:${port}` }));
	await openFlyProxy(t, running, { port: Number(new URL(fly.url).port) });
	return fly;
}

/** Returns the messages in the room of the smoke test. */
async function messagesOf(t: TestContext, url: string): Promise<string[]> {
	const socket = await connect(url, (await signIn(url, "reader")).token, { transports: ["polling"] });
	t.after(() => socket.close());
	await request<JoinData>(socket, "room:join", { room: "smoke-test" });
	const { messages } = await request<HistoryData>(socket, "message:history", { room: "smoke-test", limit: 100 });
	return messages.map(({ seq, createdAt }) => `${seq} at ${createdAt}`);
}

test("an app moves from one machine to two, with a failure in between, and loses no message", async (t) => {
	const fly = await realFly(t);
	const one = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(one.code, 0, one.output + fly.machineLog());
	const before = await messagesOf(t, fly.url);
	assert.ok(before.length > 0);

	fly.change(({ failures }) => failures.push({ command: "ssh console", when: "after", message: NETWORK, times: 1 }));
	const args = ["--app", APP, "--machines", "2", "--move-data", "--yes", "--url", fly.url];
	const broken = await fly.deploy(args);
	assert.equal(broken.code, 1, broken.output);
	assert.match(broken.output, /The chat is closed until then\. Its data is intact/);
	const back = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(back.code, 2, back.output);
	assert.match(back.output, /closed, because its data is being moved/);

	const two = await fly.deploy(args);
	assert.equal(two.code, 0, two.output + fly.machineLog());
	assert.match(two.output, /Copied earlier/);
	assert.match(two.output, /all 2 machines are ready/);
	assert.match(two.output, /flyctl volumes destroy vol_\w+ -a my-chat/);

	const { machines, volumes } = fly.state().apps[APP]!;
	assert.equal(new Set(machines.map(({ pid }) => pid)).size, 2);
	assert.equal(volumes.length, 1, "the volume is kept");
	const now = await messagesOf(t, fly.url);
	assert.deepEqual(now.slice(0, before.length), before);
	assert.ok(now.length > before.length, "the smoke test has sent another message");
});
