import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { ClientToServerEvents } from "../protocol/events.ts";
import { ERROR_CODES, type ErrorCode } from "../protocol/refusal.ts";
import type { TestClient } from "../testing/client.ts";
import { startServer } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";

const clientId = randomUUID();
const EVENTS = [
	"room:join",
	"room:leave",
	"room:read",
	"message:send",
	"message:edit",
	"message:remove",
	"message:history",
	"message:around",
	"reaction:set",
	"pin:set",
	"search:query",
	"log:since",
	"typing:start",
	"typing:stop",
] as const satisfies (keyof ClientToServerEvents)[];

/** Payloads that no event accepts. */
const SHAPELESS: unknown[] = [
	undefined,
	null,
	0,
	"",
	"lobby",
	true,
	[],
	["lobby"],
	{},
	{ room: null },
	{ room: 7 },
	{ room: ["lobby"] },
	{ room: { toString: "lobby" } },
	{ room: "" },
	{ room: " \t " },
	{ room: "a\u0000b" },
	{ room: "a\u202eb" },
	JSON.parse('{"__proto__":{"room":"lobby"}}'),
	Buffer.from("lobby"),
];

const WRONG: [string, string, unknown, ErrorCode][] = [
	["room:join", "a name that is too long", { room: "x".repeat(65) }, "too_long"],
	["room:join", "a cursor that is none", { room: "lobby", after: 7 }, "bad_request"],
	["room:join", "a cursor without an epoch", { room: "lobby", after: { seq: 1 } }, "bad_request"],
	["room:join", "a negative seq", { room: "lobby", after: { epoch: "e", seq: -1 } }, "bad_request"],
	["room:join", "a broken seq", { room: "lobby", after: { epoch: "e", seq: 1.5 } }, "bad_request"],
	["room:join", "a seq beyond all numbers", { room: "lobby", after: { epoch: "e", seq: 1e300 } }, "bad_request"],
	["room:read", "no epoch", { room: "lobby", seq: 1 }, "bad_request"],
	["room:read", "another log", { room: "lobby", epoch: "e", seq: 1 }, "not_found"],
	["room:read", "a negative seq", { room: "lobby", epoch: "e", seq: -1 }, "bad_request"],
	["room:read", "a back in words", { room: "lobby", epoch: "e", seq: 1, back: "yes" }, "bad_request"],
	["room:read", "a room one is not in", { room: "elsewhere", epoch: "e", seq: 1 }, "not_found"],
	["message:send", "no clientId", { room: "lobby", body: "x" }, "bad_request"],
	["message:send", "a clientId that is no UUID", { room: "lobby", clientId: "1", body: "x" }, "bad_request"],
	["message:send", "neither body nor location", { room: "lobby", clientId }, "bad_request"],
	[
		"message:send",
		"both",
		{ room: "lobby", clientId, body: "x", location: { latitude: 1, longitude: 1 } },
		"bad_request",
	],
	["message:send", "an empty body", { room: "lobby", clientId, body: "" }, "bad_request"],
	["message:send", "a body of nothing visible", { room: "lobby", clientId, body: " \u200b\n" }, "bad_request"],
	["message:send", "a body with control characters", { room: "lobby", clientId, body: "a\u0007" }, "bad_request"],
	["message:send", "a body that is an object", { room: "lobby", clientId, body: { length: 1 } }, "bad_request"],
	["message:send", "a body that is too long", { room: "lobby", clientId, body: "x".repeat(4_001) }, "too_long"],
	[
		"message:send",
		"a place that is not on earth",
		{ room: "lobby", clientId, location: { latitude: 91, longitude: 0 } },
		"bad_request",
	],
	[
		"message:send",
		"a place in words",
		{ room: "lobby", clientId, location: { latitude: "1", longitude: "1" } },
		"bad_request",
	],
	["message:send", "a reply to nothing", { room: "lobby", clientId, body: "x", reply: 0 }, "bad_request"],
	["message:send", "a reply to what never was", { room: "lobby", clientId, body: "x", reply: 99 }, "not_found"],
	["message:send", "a mention that is no id", { room: "lobby", clientId, body: "x", mentions: [7] }, "bad_request"],
	[
		"message:send",
		"more mentions than allowed",
		{ room: "lobby", clientId, body: "x", mentions: Array(51).fill("a") },
		"bad_request",
	],
	["message:edit", "no target", { room: "lobby", clientId, body: "x" }, "bad_request"],
	["message:edit", "a target in words", { room: "lobby", clientId, target: "1", body: "x" }, "bad_request"],
	["message:edit", "a target that never was", { room: "lobby", clientId, target: 99, body: "x" }, "not_found"],
	["message:edit", "an empty body", { room: "lobby", clientId, target: 1, body: "" }, "bad_request"],
	[
		"message:edit",
		"a body that is too long",
		{ room: "lobby", clientId, target: 1, body: "x".repeat(4_001) },
		"too_long",
	],
	["message:edit", "a room one is not in", { room: "elsewhere", clientId, target: 1, body: "x" }, "not_found"],
	["message:remove", "a negative target", { room: "lobby", clientId, target: -1 }, "bad_request"],
	["message:remove", "a target that never was", { room: "lobby", clientId, target: 99 }, "not_found"],
	["reaction:set", "no emoji", { room: "lobby", clientId, target: 1, on: true }, "bad_request"],
	["reaction:set", "a word", { room: "lobby", clientId, target: 1, emoji: "yes", on: true }, "bad_request"],
	["reaction:set", "two emoji", { room: "lobby", clientId, target: 1, emoji: "👍👍", on: true }, "bad_request"],
	[
		"reaction:set",
		"an endless emoji",
		{ room: "lobby", clientId, target: 1, emoji: "👍🏽".repeat(5_000), on: true },
		"bad_request",
	],
	["reaction:set", "an on in words", { room: "lobby", clientId, target: 1, emoji: "👍", on: "yes" }, "bad_request"],
	[
		"reaction:set",
		"a target that never was",
		{ room: "lobby", clientId, target: 99, emoji: "👍", on: true },
		"not_found",
	],
	["pin:set", "a room that is open to everybody", { room: "lobby", clientId, target: 1, on: true }, "forbidden"],
	["message:around", "neither seq nor time", { room: "lobby" }, "bad_request"],
	["message:around", "both", { room: "lobby", seq: 1, at: 1 }, "bad_request"],
	["message:around", "a seq of 0", { room: "lobby", seq: 0 }, "bad_request"],
	["message:around", "a seq above the head", { room: "lobby", seq: 2 ** 52 }, "not_found"],
	["message:around", "a time before all times", { room: "lobby", at: -1 }, "bad_request"],
	["message:history", "a root and pinned", { room: "lobby", root: 1, pinned: true }, "bad_request"],
	["message:history", "pinned in words", { room: "lobby", pinned: "yes" }, "bad_request"],
	["message:history", "a limit of 0", { room: "lobby", limit: 0 }, "bad_request"],
	["message:history", "a limit of 101", { room: "lobby", limit: 101 }, "bad_request"],
	["message:history", "before and after", { room: "lobby", before: 1, after: 1 }, "bad_request"],
	["search:query", "no text", {}, "bad_request"],
	["search:query", "a text of 4,000 characters", { text: "x".repeat(4_000) }, "too_long"],
	["search:query", "only stop marks", { text: '"  .,;:!? --- ()" * ^ $' }, "bad_request"],
	["search:query", "a cursor in words", { text: "x", cursor: "next" }, "bad_request"],
	["search:query", "what a message can't have", { text: "x", has: "dog" }, "bad_request"],
	["search:query", "a time in words", { text: "x", before: "now" }, "bad_request"],
	["log:since", "no after", { room: "lobby" }, "bad_request"],
	["log:since", "an after in words", { room: "lobby", after: "1" }, "bad_request"],
	["room:leave", "a room one is not in", { room: "elsewhere" }, "not_found"],
];

async function refused(client: TestClient, event: string, ...args: unknown[]) {
	const ack = await client.request(event, ...args);
	assert.ok(!ack.ok, `${event} ${JSON.stringify(args)} was accepted`);
	assert.ok(ERROR_CODES.includes(ack.error.code));
	assert.match(ack.error.message, /^[A-Z].+\.$/s, "a sentence");
	assert.equal(typeof ack.error.retryable, "boolean");
	return ack.error;
}

describe("hostile input", () => {
	test("E1 every event refuses an invalid payload, and the connection stays open", async (t) => {
		const server = await openChat(t);
		const eve = await server.client("eve");
		await eve.join("lobby");
		for (const event of EVENTS) {
			for (const payload of SHAPELESS) {
				const { code } = await refused(eve, event, payload);
				assert.equal(code, "bad_request", `${event} ${JSON.stringify(payload)}`);
			}
			await refused(eve, event);
		}
		assert.ok(eve.socket.connected);
		await eve.send("lobby", "still here");
	});

	test("E1 the type and limit of each field are validated", async (t) => {
		const server = await openChat(t);
		const eve = await server.client("eve");
		await eve.join("lobby");
		for (const [event, what, payload, code] of WRONG)
			assert.equal((await refused(eve, event, payload)).code, code, `${event}: ${what}`);
		assert.ok(eve.socket.connected);
	});

	test("E1 unknown events, and events without an acknowledgement, are refused without effect", async (t) => {
		const server = await openChat(t);
		const eve = await server.client("eve");
		await eve.join("lobby");
		for (const event of ["", "message", "room:destroy", "__proto__", "constructor", "toString", "x".repeat(60_000)])
			assert.equal((await refused(eve, event, { room: "lobby" })).code, "bad_request");
		const raw = eve.socket as unknown as { emit(event: string, ...args: unknown[]): void };
		raw.emit("message:send", { room: "lobby", clientId, body: "no ack" });
		raw.emit("room:join", { room: "other" }, "not a function");
		raw.emit("message:edit", { room: "lobby", target: 1, clientId, body: "no ack" });
		raw.emit("reaction:set", { room: "lobby", target: 1, clientId, emoji: "👍", on: true });
		raw.emit("message:send");
		assert.equal((await eve.join("lobby")).seq, 0, "nothing was stored without an acknowledgement");
	});

	test("E1 payloads after the first, and unknown fields, are ignored", async (t) => {
		const server = await openChat(t);
		const eve = await server.client("eve");
		const ack = await eve.request("room:join", { room: "lobby", isAdmin: true }, { room: "other" });
		assert.ok(ack.ok);
	});

	test("L1 a packet over the limit ends that connection and no other", async (t) => {
		const server = await openChat(t);
		const [ada, eve] = [await server.client("ada"), await server.client("eve")];
		await ada.join("lobby");
		eve.socket.emit("message:send", { room: "lobby", clientId, body: "x".repeat(70_000) }, () => {});
		await eve.until(() => eve.socket.disconnected, "its end");
		await ada.send("lobby", "still here");
	});

	test("E1 a command that throws is refused with `internal`, and the process and the connection stay", async (t) => {
		const server = await startServer(t);
		const eve = await server.client("eve");
		await eve.join("lobby");
		server.store.since = () => {
			throw new TypeError("a bug");
		};
		const error = await refused(eve, "log:since", { room: "lobby", after: 0 });
		assert.deepEqual([error.code, error.retryable], ["internal", true]);
		assert.ok(!error.message.includes("a bug"), "the cause is only logged");
		await eve.send("lobby", "still here");
	});

	test("L1 a connection that floods is disconnected, and the others are served", async (t) => {
		const server = await startServer(t, { env: { LIMIT_PACKETS_PER_S: "50", LIMIT_PACKETS_BURST: "200" } });
		const [ada, eve] = [await server.client("ada"), await server.client("eve")];
		await ada.join("lobby");
		const raw = eve.socket as unknown as { emit(event: string): void };
		for (let i = 0; i < 5_000; i++) raw.emit("nonsense");
		await eve.until(() => eve.socket.disconnected, "its end");
		await ada.send("lobby", "still here");
		assert.match(await server.metrics.text(), /disconnects_total\{reason="flood"\} 1\n/);
		assert.ok((await server.connect(eve.session)).socket.connected, "it may come back");
	});
});
