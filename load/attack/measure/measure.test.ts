import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Entry } from "../../../app/protocol/log.ts";
import type { SentCommand, UserHistory } from "../../chaos/check/history.ts";
import { MemoryWatch } from "../../kit/memory-watch.ts";
import { deliveryMs } from "./bystanders.ts";
import { added, readServerCounts } from "./server-counts.ts";

function historyOf(user: string, parts: Partial<UserHistory>): UserHistory {
	const nothing = { sent: [], segments: [], pages: [], view: undefined, receivedBeforeAck: 0, missedWhileConnected: 0 };
	return { user, room: "lobby", ...nothing, ...parts };
}

test("a delivery counts from the first send to each of the others, and not to the author", () => {
	const sent = [100, 900].map((sentAt): SentCommand => {
		const command = { kind: "message", body: `at ${sentAt}` } as const;
		return { clientId: "", command, connection: 1, sentAt, acks: [], refusals: 0, hasNoTarget: false };
	});
	const author = { id: "ada", name: "Ada" };
	const entry: Entry = { kind: "message", seq: 1, author, createdAt: 0, body: "at 100" };
	const received = (at: number) => [{ entry, head: 1, connection: 1, at }];
	const histories = [
		historyOf("ada", { sent, segments: [{ since: 0, received: received(105) }] }),
		historyOf("bob", { segments: [{ since: 0, received: received(110) }] }),
		historyOf("eve", { segments: [{ since: 0, received: received(130) }] }),
	];
	assert.deepEqual(deliveryMs(histories, 0, 500), [10, 30]);
	assert.deepEqual(deliveryMs(histories, 500, 1_000), []);
});

test("the counts of a server are read, and what was added since an earlier reading", async (t) => {
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
	const counts = await readServerCounts(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	assert.deepEqual(counts, {
		lagP99Ms: 12,
		lagMaxMs: 500,
		cpuSeconds: 3.25,
		refusals: { rate_limited: 7 },
		disconnects: { flood: 0 },
	});
	assert.deepEqual(added({ rate_limited: 5, flood: 1 }, { rate_limited: 7, flood: 1, internal: 2 }), {
		rate_limited: 2,
		internal: 2,
	});
});

test("a process's memory is watched from outside, and its peak is kept", {
	skip: process.platform !== "linux",
}, async () => {
	using memory = new MemoryWatch(process.pid);
	const before = memory.now();
	let ballast: Buffer | undefined = Buffer.alloc(64 * 1_048_576, 1);
	await sleep(200);
	assert.ok(ballast.length > 0 && memory.peakBytes - before > 48 * 1_048_576, String(memory.peakBytes - before));
	ballast = undefined;
});
