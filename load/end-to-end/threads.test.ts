import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type OwnServer, startOwnServer } from "../run/own-servers.ts";
import { intercept } from "../testing/intercepting-proxy.ts";
import { load } from "../testing/load-run.ts";

const MINUTES = { timeout: 120_000 };
const PRELOAD = pathToFileURL(join(import.meta.dirname, "..", "testing", "four-cpus.mjs")).href;

let server: OwnServer;
before(async () => {
	server = await startOwnServer();
});
after(() => server.stop());

async function loadWithThreads(target: string, rooms: number) {
	const load3 = `--users 10 --rooms ${rooms} --rate 4 --duration 5 --arrivals 10 --p99 60000`.split(" ");
	const env = { LOAD_TOKEN: server.loadToken, NODE_OPTIONS: `--import ${PRELOAD}` };
	const { code, output, result } = await load(["--target", target, ...load3], env);
	assert.ok(result, output);
	assert.equal(result.generator.threads, 3);
	assert.equal(result.arrivals.joined, 10, output);
	return { code, output, ...result.accounting };
}

test(
	"one room over three threads: what each thread's members receive is compared with every thread's acks",
	MINUTES,
	async () => {
		const { code, output, acked, owed, delivered, altered } = await loadWithThreads(server.url, 1);
		assert.equal(code, 0, output);
		assert.equal(acked, 20);
		assert.equal(owed, 200);
		assert.equal(delivered, 200);
		assert.equal(altered, 0);
	},
);

test("each thread has rooms of its own", MINUTES, async () => {
	const { code, output, members, owed, delivered } = await loadWithThreads(server.url, 5);
	assert.equal(code, 0, output);
	assert.equal(members, 10);
	assert.equal(delivered, owed);
});

test(
	"a delivery that one thread's member misses is reported lost, though only another thread has its ack",
	MINUTES,
	async () => {
		const victims = new Set<object>();
		using proxy = await intercept(server.url, (frame, _entries, push, connection) => {
			victims.add(connection);
			// The first connection receives nothing.
			if (connection !== [...victims][0]) push(frame);
		});
		const { code, lost } = await loadWithThreads(proxy.url, 1);
		assert.equal(lost, 20);
		assert.equal(code, 1);
	},
);
