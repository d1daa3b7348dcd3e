import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { fetchMetrics, readMetric } from "../kit/metrics.ts";
import { signIn } from "../kit/sign-in.ts";
import { waitFor } from "../kit/wait-for.ts";
import { type OwnServer, startOwnServer } from "../run/own-servers.ts";
import { LoadRun } from "../testing/load-run.ts";

/** Returns the rooms of load tests, as a signed-in user sees them. */
async function loadRooms({ url, loadToken }: OwnServer): Promise<string[]> {
	const { token } = await signIn(url, "onlooker", { loadToken });
	const response = await fetch(`${url}/api/rooms`, { headers: { cookie: `session=${token}` } });
	assert.equal(response.status, 200);
	const { rooms } = (await response.json()) as { rooms: { room: string }[] };
	return rooms.map(({ room }) => room).filter((room) => room.startsWith("load-"));
}

async function connections({ url }: OwnServer): Promise<number | undefined> {
	return readMetric(await fetchMetrics(url), "hubbub_connections");
}

function until(what: string, condition: () => Promise<boolean> | boolean): Promise<boolean> {
	return waitFor(what, condition, { timeoutMs: 110_000, pollMs: 50 });
}

test("Ctrl-C during a run removes its rooms, its connections and its files", { timeout: 120_000 }, async () => {
	const server = await startOwnServer();
	try {
		const args = `--target ${server.url} --users 8 --rooms 2 --rate 2 --duration 600 --arrivals 8`.split(" ");
		using run = new LoadRun(args, { LOAD_TOKEN: server.loadToken });
		await until("two rooms", async () => (await loadRooms(server)).length === 2);
		await until("eight connections", async () => (await connections(server)) === 8);
		run.interrupt();
		const { code, output } = await run.ended;
		assert.equal(code, 130, output);
		assert.match(output, /cleaning up/);
		assert.deepEqual(await loadRooms(server), []);
		assert.deepEqual(readdirSync(run.temporary), []);
		await until("no connection", async () => (await connections(server)) === 0);
	} finally {
		await server.stop();
	}
});

test("a second Ctrl-C ends the run at once, with the local server and every file", { timeout: 120_000 }, async () => {
	using run = new LoadRun("--users 8 --rooms 2 --rate 2 --duration 600 --arrivals 8".split(" "));
	await until("the start", () => run.output.includes("Sending"));
	run.interrupt();
	await until("the clean-up", () => run.output.includes("cleaning up"));
	run.interrupt();
	const { code } = await run.ended;
	assert.equal(code, 130);
	const ours = readdirSync(run.temporary).filter((name) => name.startsWith("hubbub-"));
	assert.deepEqual(ours, []);
});
