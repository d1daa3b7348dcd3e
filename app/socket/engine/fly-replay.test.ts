import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { SessionData } from "../../protocol/session.ts";
import { type ClientOptions, TestClient } from "../../testing/client.ts";
import { openFlyProxy } from "../../testing/fly-proxy.ts";
import { startServer, type TestServer } from "../../testing/harness.ts";

const A = "00bb33ff00bb33";
const B = "11aa44ee11aa44";
const HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
const UNKNOWN = { code: 1, message: "Session ID unknown" };

/** Starts two independent servers as two machines behind a fake of Fly.io's proxy. */
async function twoMachines(t: TestContext, env: (id: string) => Record<string, string>) {
	const machines: ({ id: string } & TestServer)[] = [];
	for (const id of [A, B]) machines.push({ id, ...(await startServer(t, { env: env(id) })) });
	return { a: machines[0]!, b: machines[1]!, machines, proxy: await openFlyProxy(t, () => machines) };
}
const onFly = (id: string) => ({ FLY_MACHINE_ID: id });

async function comeIn(
	t: TestContext,
	url: string,
	session: SessionData,
	transports: NonNullable<ClientOptions["transports"]>,
) {
	const client = new TestClient(url, session, { transports });
	t.after(() => client.close());
	await client.connected();
	return client;
}

/** Opens a session. Returns its id. */
async function openLine(url: string): Promise<string> {
	const opened = await (await fetch(`${url}${HANDSHAKE}`)).text();
	return JSON.parse(opened.slice(1)).sid;
}

async function poll(url: string, sid: string, headers: Record<string, string> = {}) {
	const query = `&sid=${encodeURIComponent(sid)}`;
	return await fetch(`${url}${HANDSHAKE}${query}`, { headers, redirect: "manual" });
}

describe("a polling client and several machines on Fly.io", () => {
	test("each request reaches the machine of its session", async (t) => {
		const { a, proxy } = await twoMachines(t, onFly);
		const client = await comeIn(t, proxy.url, await a.signIn("ada"), ["polling"]);
		const { seq } = await client.join("lobby");
		for (let number = 1; number <= 5; number++) {
			const ack = await client.send("lobby", `${number}`);
			await client.entry("lobby", ack.seq);
		}
		assert.deepEqual(
			client.entries("lobby").map((entry) => entry.seq),
			[1, 2, 3, 4, 5].map((number) => seq + number),
		);
		assert.equal(client.socket.io.engine.transport.name, "polling");
		assert.ok(proxy.replays.length > 5, "half of the requests came to the other machine first");
	});

	test("the upgrade to WebSocket reaches that machine too", async (t) => {
		const { a, proxy } = await twoMachines(t, onFly);
		const ada = await a.signIn("ada");
		for (let round = 0; round < 4; round++) {
			const client = await comeIn(t, proxy.url, ada, ["polling", "websocket"]);
			await client.until(() => client.socket.io.engine.transport.name === "websocket", "its upgrade");
			await client.join("lobby");
		}
		assert.ok(proxy.replays.length > 0);
	});

	test("if that machine is gone, the client is refused at once and opens a session on another", async (t) => {
		const { a, machines, proxy } = await twoMachines(t, onFly);
		const sid = await openLine(a.url);
		machines.shift();
		const answer = await poll(proxy.url, sid);
		assert.equal(answer.status, 400);
		assert.deepEqual(await answer.json(), UNKNOWN);
		assert.match(proxy.replays.at(-1)!, new RegExp(`^instance=${A};`));
		assert.match(await openLine(proxy.url), new RegExp(`^${B}\\.`));
	});

	test("a request for an unknown session of the own machine is not replayed", async (t) => {
		const { b } = await twoMachines(t, onFly);
		const answer = await poll(b.url, `${B}.aaaaaaaaaaaaaaaaaaaa`);
		assert.equal(answer.status, 400);
		assert.deepEqual(await answer.json(), UNKNOWN);
	});

	test("a request that was replayed once is not replayed again", async (t) => {
		const { a } = await twoMachines(t, onFly);
		for (const header of ["fly-replay-src", "fly-replay-failed"]) {
			const answer = await poll(a.url, `${B}.aaaaaaaaaaaaaaaaaaaa`, { [header]: `instance=${B}` });
			assert.equal(answer.status, 400, header);
			assert.equal(answer.headers.get("fly-replay"), null);
		}
	});

	test("only a machine's id gets into the header, with any session id of a client", async (t) => {
		const { a } = await twoMachines(t, onFly);
		const honest = await poll(a.url, `${B}.aaaaaaaaaaaaaaaaaaaa`);
		assert.equal(honest.headers.get("fly-replay"), `instance=${B};timeout=5s;fallback=prefer_self`);
		const lies = [
			`${B};app=other.aaaaaaaaaaaaaaaaaaaa`,
			`${B}\r\nset-cookie: a=b.aaaaaaaaaaaaaaaaaaaa`,
			`${B.toUpperCase()}.aaaaaaaaaaaaaaaaaaaa`,
			`${B}.aaaaaaaaaaaaaaaaaaaa;app=other`,
			`${B}.aaaaaaaaaaaaaaaaaaaa\n`,
			`${B}.`,
			`abc.aaaaaaaaaaaaaaaaaaaa`,
			`${"a".repeat(33)}.aaaaaaaaaaaaaaaaaaaa`,
			B,
			"aaaaaaaaaaaaaaaaaaaa",
			"__proto__",
		];
		for (const sid of lies) {
			const answer = await poll(a.url, sid);
			assert.equal(answer.status, 400, sid);
			assert.equal(answer.headers.get("fly-replay"), null, sid);
		}
	});

	test("without a machine id of Fly.io's form, an unknown session gets a 400", async (t) => {
		for (const env of [{}, { FLY_MACHINE_ID: "Another Kind" }] as Record<string, string>[]) {
			const { a, b, proxy } = await twoMachines(t, () => env);
			const sid = await openLine(a.url);
			assert.match(sid, /^[\w-]{20}$/);
			const answer = await poll(b.url, sid);
			assert.equal(answer.status, 400);
			assert.deepEqual(await answer.json(), UNKNOWN);
			assert.deepEqual(proxy.replays, []);
		}
	});
});
