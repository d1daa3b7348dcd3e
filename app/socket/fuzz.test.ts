import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { ClientToServerEvents } from "../protocol/events.ts";
import { type Ack, ERROR_CODES } from "../protocol/refusal.ts";
import { mutated, payload } from "../testing/arbitraries.ts";
import { startServer } from "../testing/harness.ts";
import { RawClient } from "../testing/raw-client.ts";

const RUNS = 150;

const PAYLOADS = {
	"room:join": payload("room", "after"),
	"rooms:join": payload("rooms"),
	"room:leave": payload("room"),
	"room:read": payload("room", "epoch", "seq", "back"),
	"room:create": payload("clientId", "kind", "title", "history"),
	"room:update": payload("room", "title", "topic", "history"),
	"room:members": payload("room"),
	"direct:open": payload("users"),
	"member:add": payload("room", "user", "role"),
	"member:remove": payload("room", "user"),
	"message:send": payload("room", "clientId", "body", "location", "reply", "mentions"),
	"message:edit": payload("room", "target", "clientId", "body", "mentions"),
	"message:remove": payload("room", "target", "clientId"),
	"message:report": payload("room", "target", "reason"),
	"message:history": payload("room", "before", "after", "limit", "root", "pinned"),
	"message:around": payload("room", "seq", "at", "limit"),
	"reaction:set": payload("room", "target", "clientId", "emoji", "on"),
	"pin:set": payload("room", "target", "clientId", "on"),
	"search:query": payload("text", "room", "from", "before", "after", "has", "cursor"),
	"log:since": payload("room", "after"),
	"typing:start": payload("room"),
	"typing:stop": payload("room"),
} satisfies Record<keyof ClientToServerEvents, unknown>;

function assertAck(ack: Ack<unknown>): void {
	if (ack.ok) {
		assert.equal(typeof ack.data, "object");
		return;
	}
	const { code, message, retryable, field = "", retryAfterMs = 1 } = ack.error;
	assert.ok(ERROR_CODES.includes(code) && code !== "internal", `${code}: ${message}`);
	assert.match(message, /^[A-Z].*\.$/s, "a sentence");
	assert.equal(typeof retryable, "boolean");
	assert.equal(typeof field, "string");
	assert.ok(retryAfterMs > 0);
}

describe("fuzzed input", () => {
	for (const [event, payloads] of Object.entries(PAYLOADS)) {
		test(`E1 fuzzed payloads of ${event} get a documented ack, and the connection stays open`, async (t) => {
			const server = await startServer(t);
			const eve = await server.client("eve");
			await eve.join("lobby");
			// What is changed, replied to and read around.
			await eve.send("lobby", "first");
			const answers = fc.asyncProperty(payloads, async (given) => {
				assertAck(await eve.request(event, given));
				assert.ok(eve.socket.connected);
			});
			await fc.assert(answers, { numRuns: RUNS });
		});
	}

	test("E1 nearly valid packets end at most their own connection", async (t) => {
		const server = await startServer(t);
		const [ada, eve] = [await server.client("ada"), await server.signIn("eve")];
		await ada.join("lobby");
		let line = await RawClient.open(server.url, eve.token);
		const right = fc.constantFrom(
			'421["room:join",{"room":"lobby"}]',
			`422["message:send",{"room":"lobby","clientId":"${randomUUID()}","body":"x","reply":1,"mentions":["room"]}]`,
			`423["message:edit",{"room":"lobby","target":1,"clientId":"${randomUUID()}","body":"y"}]`,
			`424["reaction:set",{"room":"lobby","target":1,"clientId":"${randomUUID()}","emoji":"👍","on":true}]`,
			`425["message:around",{"room":"lobby","seq":1}]`,
			'451-3["room:join",{"room":{"_placeholder":true,"num":0}}]',
			`40{"token":"${eve.token}"}`,
			"431[{}]",
			"3",
		);
		const survives = fc.asyncProperty(mutated(right), async (packet) => {
			if (line.socket.destroyed) line = await RawClient.open(server.url, eve.token);
			line.send(packet);
			assert.ok((await ada.request("log:since", { room: "lobby", after: 0 })).ok);
		});
		await fc.assert(survives, { numRuns: RUNS });
		line.socket.destroy();
	});
});
