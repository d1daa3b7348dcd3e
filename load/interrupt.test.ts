import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openSessionAt } from "./processor/http-session.ts";
import { LocalServer } from "./run/local-server.ts";
import { readMetric } from "./target/server-metrics.ts";
import { LoadRun } from "./testing/load-run.ts";

/** The rooms of load tests that the server has, as one who is signed in sees them. */
async function loadRooms({ url, loadToken }: LocalServer): Promise<string[]> {
	const { token } = await openSessionAt(url, "onlooker", loadToken);
	const response = await fetch(`${url}/api/rooms`, { headers: { cookie: `session=${token}` } });
	assert.equal(response.status, 200);
	const { rooms } = (await response.json()) as { rooms: { room: string }[] };
	return rooms.map(({ room }) => room).filter((room) => room.startsWith("load-"));
}

async function connections({ url }: LocalServer): Promise<number | undefined> {
	return readMetric(await (await fetch(`${url}/metrics`)).text(), "hubbub_connections");
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
	while (!(await isSo())) await sleep(50);
}

test("Ctrl-C in the middle leaves no room, no connection and no file behind", { timeout: 120_000 }, async () => {
	const server = await LocalServer.start();
	try {
		const args = `--target ${server.url} --users 8 --rooms 2 --rate 2 --duration 600 --arrivals 8`.split(" ");
		using run = new LoadRun(args, { LOAD_TOKEN: server.loadToken });
		await until(async () => (await loadRooms(server)).length === 2);
		await until(async () => (await connections(server)) === 8);
		run.interrupt();
		const { code, output } = await run.ended;
		assert.equal(code, 130, output);
		assert.match(output, /cleaning up/);
		assert.deepEqual(await loadRooms(server), []);
		assert.deepEqual(readdirSync(run.temporary), []);
		await until(async () => (await connections(server)) === 0);
	} finally {
		await server.stop();
	}
});

test("Ctrl-C twice ends at once, and our own server and every file with it", { timeout: 120_000 }, async () => {
	using run = new LoadRun("--users 8 --rooms 2 --rate 2 --duration 600 --arrivals 8".split(" "));
	await until(() => run.output.includes("Sending"));
	run.interrupt();
	await until(() => run.output.includes("cleaning up"));
	run.interrupt();
	const { code } = await run.ended;
	assert.equal(code, 130);
	const ours = readdirSync(run.temporary).filter((name) => name.startsWith("hubbub-"));
	assert.deepEqual(ours, []);
});
