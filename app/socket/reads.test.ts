import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "../testing/harness.ts";

test("L1 pages of history and of logs have a rate limit, its refusal says when to retry, and messages are not affected", async (t) => {
	const env = { LIMIT_READS_PER_S: "1", LIMIT_READS_BURST: "3" };
	const server = await startServer(t, { env });
	const eve = await server.client("eve");
	await eve.join("lobby");
	const pages = [
		["message:history", { room: "lobby" }],
		["log:since", { room: "lobby", after: 0 }],
		["message:history", { room: "lobby", before: 3 }],
	] as const;
	for (const [event, payload] of pages) assert.ok((await eve.request(event, payload)).ok);
	for (const [event, payload] of pages) {
		const ack = await eve.request(event, payload);
		assert.ok(!ack.ok && ack.error.code === "rate_limited", event);
		assert.ok(ack.error.retryable && ack.error.retryAfterMs! > 0 && ack.error.retryAfterMs! <= 1_000);
	}
	await eve.send("lobby", "still here");
});
