import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { PersonRecord } from "../../chaos/check/record.ts";
import { deliveryMs } from "./bystanders.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { added, readCounts } from "./server-counts.ts";

function person(author: string, parts: Partial<PersonRecord>): PersonRecord {
	return { author, room: "lobby", said: [], episodes: [], toldBeforeAck: 0, missedOnLine: 0, ...parts };
}

test("a delivery counts from the first try to each of the others, and not to the author", () => {
	const said = [100, 900].map((saidAt) => {
		return { clientId: "", body: `at ${saidAt}`, line: 1, saidAt, acks: [], refusals: 0 };
	});
	const told = (at: number) => [{ seq: 1, author: "ada", body: "at 100", line: 1, at }];
	const records = [
		person("ada", { said, episodes: [{ since: 0, told: told(105) }] }),
		person("bob", { episodes: [{ since: 0, told: told(110) }] }),
		person("eve", { episodes: [{ since: 0, told: told(130) }] }),
	];
	assert.deepEqual(deliveryMs(records, 0, 500), [10, 30]);
	assert.deepEqual(deliveryMs(records, 500, 1_000), []);
});

test("what a server says of itself is read, and what has been added since", async (t) => {
	const text = [
		'hubbub_event_loop_lag_seconds{quantile="0.99"} 0.012',
		'hubbub_event_loop_lag_seconds{quantile="1"} 0.5',
		"hubbub_process_cpu_seconds_total 3.25",
		'hubbub_refusals_total{code="rate_limited"} 7',
		'hubbub_disconnects_total{reason="flood"} 0',
	].join("\n");
	const server = createServer((_, response) => response.end(text)).listen(0, "127.0.0.1");
	t.after(() => server.close());
	await once(server, "listening");
	const counts = await readCounts(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	assert.deepEqual(counts, {
		lagP99Ms: 12,
		lagMaxMs: 500,
		cpuSeconds: 3.25,
		refusals: { rate_limited: 7 },
		cuts: { flood: 0 },
	});
	assert.deepEqual(added({ rate_limited: 5, flood: 1 }, { rate_limited: 7, flood: 1, internal: 2 }), {
		rate_limited: 2,
		internal: 2,
	});
});

test("memory is watched from outside, and the most of it remembered", {
	skip: process.platform !== "linux",
}, async () => {
	using memory = new MemoryWatch(process.pid);
	const before = memory.now();
	let ballast: Buffer | undefined = Buffer.alloc(64 * 1_048_576, 1);
	await sleep(200);
	assert.ok(ballast.length > 0 && memory.peakBytes - before > 48 * 1_048_576, String(memory.peakBytes - before));
	ballast = undefined;
});
