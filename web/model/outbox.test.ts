import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import type { Cursor } from "../../app/protocol/log.ts";
import type { SendData, SendPayload } from "../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import { Outbox } from "./outbox.ts";
import type { PendingStore } from "./pending.ts";
import { ADA } from "./testing/entries.ts";
import { pendingInMemory } from "./testing/pending-in-memory.ts";

type Sent = SendPayload & { answer: (ack: Ack<SendData>) => void };

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
afterEach(() => mock.timers.reset());

/** An outbox whose sends the test answers. */
function outboxOf({ store = pendingInMemory(), user = ADA, cursor }: Options = {}) {
	const sent: Sent[] = [];
	const named: [string, number][] = [];
	const strangers: string[] = [];
	const outbox = new Outbox({
		user,
		store,
		send: (payload, answer) => sent.push({ ...payload, answer }),
		cursorOf: () => cursor,
		onStored: (_room, clientId, seq) => named.push([clientId, seq]),
		onStranger: (room) => strangers.push(room),
	});
	const states = () => outbox.pending.value.map(({ content, state }) => `${content.body} ${state}`);
	return { outbox, sent, named, strangers, states, store };
}
type Options = { store?: PendingStore; user?: { id: string; name: string }; cursor?: Cursor | undefined };

const accept = (seq: number): Ack<SendData> => ({ ok: true, data: { seq, createdAt: 5 } });
const refuse = (change: Partial<Refusal>): Ack<never> => {
	return { ok: false, error: { code: "unavailable", message: "Not now.", retryable: true, ...change } };
};

test("what is written without a line is sent once it is back, in order, one at a time", () => {
	const { outbox, sent, states } = outboxOf();
	for (const body of ["one", "two", "three"]) outbox.add("lobby", { body });
	assert.deepEqual(states(), ["one queued", "two queued", "three queued"]);
	assert.equal(sent.length, 0);
	outbox.roomUp("lobby");
	assert.deepEqual(states(), ["one sending", "two queued", "three queued"]);
	for (let seq = 1; seq <= 3; seq++) sent[seq - 1]!.answer(accept(seq));
	assert.deepEqual(
		sent.map(({ body }) => body),
		["one", "two", "three"],
	);
	outbox.settle("lobby", 2);
	assert.deepEqual(states(), ["three stored"]);
	outbox.settle("lobby", 3);
	assert.deepEqual(states(), []);
});

test("M2 a message goes out under the same clientId as often as it takes, and nothing overtakes it", () => {
	const { outbox, sent, states, named } = outboxOf();
	outbox.roomUp("lobby");
	outbox.add("lobby", { body: "one" });
	outbox.add("lobby", { body: "two" });
	sent[0]!.answer(refuse({ code: "rate_limited", retryAfterMs: 1_000 }));
	assert.deepEqual(states(), ["one queued", "two queued"]);
	mock.timers.tick(999);
	assert.equal(sent.length, 1, "sent again before its time");
	mock.timers.tick(60_000);
	assert.deepEqual(
		sent.map(({ body }) => body),
		["one", "one"],
	);
	assert.equal(sent[0]!.clientId, sent[1]!.clientId);
	sent[1]!.answer(accept(7));
	assert.deepEqual(named, [[sent[0]!.clientId, 7]]);
	assert.deepEqual(states(), ["one stored", "two sending"]);
});

test("rooms do not wait for each other", () => {
	const { outbox, sent } = outboxOf();
	outbox.roomUp("lobby");
	outbox.roomUp("kitchen");
	outbox.add("lobby", { body: "one" });
	outbox.add("kitchen", { body: "two" });
	assert.equal(sent.length, 2);
});

test("what is refused for good stays with its sentence, and the next goes on", () => {
	const { outbox, sent, states } = outboxOf();
	outbox.roomUp("lobby");
	outbox.add("lobby", { body: "one" });
	outbox.add("lobby", { body: "two" });
	sent[0]!.answer(refuse({ code: "too_long", message: "Too long.", retryable: false }));
	assert.deepEqual(states(), ["one failed", "two sending"]);
	assert.equal(outbox.pending.value[0]?.refusal?.message, "Too long.");
});

test("a failed message is sent again as the newest, or discarded", async () => {
	const { outbox, sent, states, store } = outboxOf();
	outbox.roomUp("lobby");
	for (const body of ["one", "two", "three"]) outbox.add("lobby", { body });
	sent[0]!.answer(refuse({ code: "bad_request", retryable: false }));
	sent[1]!.answer(refuse({ code: "bad_request", retryable: false }));
	outbox.retry(sent[0]!.clientId);
	assert.deepEqual(states(), ["two failed", "three sending", "one queued"]);
	outbox.discard(sent[1]!.clientId);
	assert.deepEqual(states(), ["three sending", "one queued"]);
	sent[2]!.answer(accept(1));
	assert.equal(sent[3]!.clientId, sent[0]!.clientId);
	sent[3]!.answer(accept(2));
	const left: unknown[] = [];
	await store.adopt(ADA, (records) => left.push(...records));
	assert.deepEqual(left, []);
});

test("a message under way can't be discarded: it may be stored already", () => {
	const { outbox, sent, states } = outboxOf();
	outbox.roomUp("lobby");
	outbox.add("lobby", { body: "one" });
	outbox.discard(sent[0]!.clientId);
	outbox.retry(sent[0]!.clientId);
	assert.deepEqual(states(), ["one sending"]);
});

test("after a reload it goes on with what was not stored, in the old order, and what failed", async () => {
	const before = outboxOf();
	before.outbox.roomUp("lobby");
	for (const body of ["one", "two", "three", "four"]) before.outbox.add("lobby", { body });
	before.sent[0]!.answer(accept(1));
	before.sent[1]!.answer(refuse({ code: "bad_request", message: "No.", retryable: false }));
	before.outbox.close();

	const { outbox, sent, states } = outboxOf({ store: before.store });
	mock.timers.tick(1_000);
	outbox.add("lobby", { body: "five" });
	await outbox.restore();
	assert.deepEqual(states(), ["two failed", "three queued", "four queued", "five queued"]);
	assert.equal(outbox.pending.value[0]?.refusal?.message, "No.");
	outbox.roomUp("lobby");
	assert.equal(sent[0]!.clientId, before.sent[2]!.clientId);
});

test("M4 a message that may have been sent says after which seq it can be, also after a reload", async () => {
	const cursor = { epoch: "e", seq: 9 };
	const before = outboxOf({ cursor });
	before.outbox.add("lobby", { body: "one" });
	assert.equal(before.outbox.pending.value[0]?.after, undefined, "it was certainly not sent");
	before.outbox.roomUp("lobby");
	assert.deepEqual(before.outbox.pending.value[0]?.after, cursor);

	const { outbox } = outboxOf({ store: before.store });
	await outbox.restore();
	assert.deepEqual(outbox.pending.value[0]?.after, cursor);
	assert.equal(outbox.pending.value[0]?.hidden, false);
});

test("what is taken over while the room is on screen stays out of sight unless it fails", async () => {
	const before = outboxOf();
	before.outbox.add("lobby", { body: "one" });
	const { outbox, sent } = outboxOf({ store: before.store, cursor: { epoch: "e", seq: 4 } });
	outbox.roomUp("lobby");
	await outbox.restore();
	assert.equal(outbox.pending.value[0]?.hidden, true);
	sent[0]!.answer(refuse({ code: "bad_request", retryable: false }));
	assert.equal(outbox.pending.value[0]?.hidden, false);
});

test("what somebody wrote before they were signed out is not sent under the new session by itself", async () => {
	const records = pendingInMemory();
	const before = outboxOf({ store: records, user: { id: "old", name: "ada" } });
	before.outbox.add("lobby", { body: "one" });
	const store: PendingStore = { ...records, adopt: (_user, take) => records.adopt({ id: "old", name: "ada" }, take) };
	const { outbox, sent, states } = outboxOf({ store });
	outbox.roomUp("lobby");
	await outbox.restore();
	assert.deepEqual(states(), ["one failed"]);
	assert.equal(sent.length, 0);
});

test("R3 a room that does not know us any more is told of", () => {
	const { outbox, sent, strangers } = outboxOf();
	outbox.roomUp("lobby");
	outbox.add("lobby", { body: "one" });
	sent[0]!.answer(refuse({ code: "not_found", retryable: false }));
	assert.deepEqual(strangers, ["lobby"]);
});

test("what waits is bounded", () => {
	const { outbox } = outboxOf();
	for (let index = 0; index < 200; index++) assert.equal(outbox.add("lobby", { body: `${index}` }), undefined);
	assert.equal(outbox.add("lobby", { body: "too many" })?.retryable, true);
	assert.equal(outbox.pending.value.length, 200);
});

test("a device that can't store sends all the same", () => {
	const broken = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
	const store: PendingStore = { put: broken, remove: broken, adopt: broken, clear: broken };
	const { outbox, sent, states } = outboxOf({ store });
	outbox.restore();
	outbox.roomUp("lobby");
	outbox.add("lobby", { body: "one" });
	sent[0]!.answer(accept(1));
	assert.deepEqual(states(), ["one stored"]);
});
