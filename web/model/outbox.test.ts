import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import type { Cursor } from "../../app/protocol/log.ts";
import type { SendData, SendPayload } from "../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import { Outbox } from "./outbox.ts";
import type { PendingStore } from "./pending.ts";
import { ADA_USER } from "./testing/entries.ts";
import { pendingInMemory } from "./testing/pending-in-memory.ts";

type Sent = SendPayload & { ack: (ack: Ack<SendData>) => void };

/** Returns the first pending message. */
const firstOf = ({ pending }: Outbox) => pending.value.find((entry) => entry.kind === "message");

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
afterEach(() => mock.timers.reset());

/** An outbox whose messages the test acknowledges. */
function outboxOf({ store = pendingInMemory(), user = ADA_USER, cursor }: Options = {}) {
	const sent: Sent[] = [];
	const stored: [string, number][] = [];
	const notMemberOf: string[] = [];
	const outbox = new Outbox({
		user,
		store,
		send: ({ event, payload }, ack) => sent.push({ event, ...payload, ack } as unknown as Sent),
		cursorOf: () => cursor,
		onStored: (_room, clientId, seq) => stored.push([clientId, seq]),
		onNotMember: (room) => notMemberOf.push(room),
		onMissing: () => {},
	});
	const states = () =>
		outbox.pending.value.map((entry) => {
			const { state } = entry;
			return entry.kind === "message" ? `${entry.content.body} ${state}` : `${entry.kind} ${state}`;
		});
	return { outbox, sent, stored, notMemberOf, states, store };
}
type Options = { store?: PendingStore; user?: { id: string; name: string }; cursor?: Cursor | undefined };

const accept = (seq: number): Ack<SendData> => ({ ok: true, data: { seq, createdAt: 5 } });
const refuse = (change: Partial<Refusal>): Ack<never> => {
	return { ok: false, error: { code: "unavailable", message: "Not now.", retryable: true, ...change } };
};

test("messages written while offline are sent in order, one at a time", () => {
	const { outbox, sent, states } = outboxOf();
	for (const body of ["one", "two", "three"]) outbox.add("lobby", { body });
	assert.deepEqual(states(), ["one queued", "two queued", "three queued"]);
	assert.equal(sent.length, 0);
	outbox.resume("lobby");
	assert.deepEqual(states(), ["one sending", "two queued", "three queued"]);
	for (let seq = 1; seq <= 3; seq++) sent[seq - 1]!.ack(accept(seq));
	assert.deepEqual(
		sent.map(({ body }) => body),
		["one", "two", "three"],
	);
	outbox.dropShown("lobby", 2);
	assert.deepEqual(states(), ["three stored"]);
	outbox.dropShown("lobby", 3);
	assert.deepEqual(states(), []);
});

test("M2 a message is repeated under the same clientId, and later ones wait", () => {
	const { outbox, sent, states, stored } = outboxOf();
	outbox.resume("lobby");
	outbox.add("lobby", { body: "one" });
	outbox.add("lobby", { body: "two" });
	sent[0]!.ack(refuse({ code: "rate_limited", retryAfterMs: 1_000 }));
	assert.deepEqual(states(), ["one queued", "two queued"]);
	mock.timers.tick(999);
	assert.equal(sent.length, 1, "sent again too early");
	mock.timers.tick(60_000);
	assert.deepEqual(
		sent.map(({ body }) => body),
		["one", "one"],
	);
	assert.equal(sent[0]!.clientId, sent[1]!.clientId);
	sent[1]!.ack(accept(7));
	assert.deepEqual(stored, [[sent[0]!.clientId, 7]]);
	assert.deepEqual(states(), ["one stored", "two sending"]);
});

test("rooms do not block each other", () => {
	const { outbox, sent } = outboxOf();
	outbox.resume("lobby");
	outbox.resume("kitchen");
	outbox.add("lobby", { body: "one" });
	outbox.add("kitchen", { body: "two" });
	assert.equal(sent.length, 2);
});

test("a permanently refused message stays with its reason, and the next one is sent", () => {
	const { outbox, sent, states } = outboxOf();
	outbox.resume("lobby");
	outbox.add("lobby", { body: "one" });
	outbox.add("lobby", { body: "two" });
	sent[0]!.ack(refuse({ code: "too_long", message: "Too long.", retryable: false }));
	assert.deepEqual(states(), ["one failed", "two sending"]);
	assert.equal(outbox.pending.value[0]?.refusal?.message, "Too long.");
});

test("a failed message can be sent again as the newest, or discarded", async () => {
	const { outbox, sent, states, store } = outboxOf();
	outbox.resume("lobby");
	for (const body of ["one", "two", "three"]) outbox.add("lobby", { body });
	sent[0]!.ack(refuse({ code: "bad_request", retryable: false }));
	sent[1]!.ack(refuse({ code: "bad_request", retryable: false }));
	outbox.retry(sent[0]!.clientId);
	assert.deepEqual(states(), ["two failed", "three sending", "one queued"]);
	outbox.discard(sent[1]!.clientId);
	assert.deepEqual(states(), ["three sending", "one queued"]);
	sent[2]!.ack(accept(1));
	assert.equal(sent[3]!.clientId, sent[0]!.clientId);
	sent[3]!.ack(accept(2));
	const left: unknown[] = [];
	await store.adopt(ADA_USER, (records) => left.push(...records));
	assert.deepEqual(left, []);
});

test("a message under way cannot be discarded, because it may be stored already", () => {
	const { outbox, sent, states } = outboxOf();
	outbox.resume("lobby");
	outbox.add("lobby", { body: "one" });
	outbox.discard(sent[0]!.clientId);
	outbox.retry(sent[0]!.clientId);
	assert.deepEqual(states(), ["one sending"]);
});

test("a reload keeps unsent messages in order, and failed ones", async () => {
	const before = outboxOf();
	before.outbox.resume("lobby");
	for (const body of ["one", "two", "three", "four"]) before.outbox.add("lobby", { body });
	before.sent[0]!.ack(accept(1));
	before.sent[1]!.ack(refuse({ code: "bad_request", message: "No.", retryable: false }));
	before.outbox.close();

	const { outbox, sent, states } = outboxOf({ store: before.store });
	mock.timers.tick(1_000);
	outbox.add("lobby", { body: "five" });
	await outbox.restore();
	assert.deepEqual(states(), ["two failed", "three queued", "four queued", "five queued"]);
	assert.equal(outbox.pending.value[0]?.refusal?.message, "No.");
	outbox.resume("lobby");
	assert.equal(sent[0]!.clientId, before.sent[2]!.clientId);
});

test("M4 a message that may have been sent keeps the cursor before it, also after a reload", async () => {
	const cursor = { epoch: "e", seq: 9 };
	const before = outboxOf({ cursor });
	before.outbox.add("lobby", { body: "one" });
	assert.equal(firstOf(before.outbox)?.after, undefined, "never sent");
	before.outbox.resume("lobby");
	assert.deepEqual(firstOf(before.outbox)?.after, cursor);

	const { outbox } = outboxOf({ store: before.store });
	await outbox.restore();
	assert.deepEqual(firstOf(outbox)?.after, cursor);
	assert.equal(firstOf(outbox)?.hidden, false);
});

test("a message taken over while the room is drawn stays hidden unless it fails", async () => {
	const before = outboxOf();
	before.outbox.add("lobby", { body: "one" });
	const { outbox, sent } = outboxOf({ store: before.store, cursor: { epoch: "e", seq: 4 } });
	outbox.resume("lobby");
	await outbox.restore();
	assert.equal(firstOf(outbox)?.hidden, true);
	sent[0]!.ack(refuse({ code: "bad_request", retryable: false }));
	assert.equal(firstOf(outbox)?.hidden, false);
});

test("a message from before signing out is not sent automatically under the new session", async () => {
	const records = pendingInMemory();
	const before = outboxOf({ store: records, user: { id: "old", name: "ada" } });
	before.outbox.add("lobby", { body: "one" });
	const store: PendingStore = { ...records, adopt: (_user, take) => records.adopt({ id: "old", name: "ada" }, take) };
	const { outbox, sent, states } = outboxOf({ store });
	outbox.resume("lobby");
	await outbox.restore();
	assert.deepEqual(states(), ["one failed"]);
	assert.equal(sent.length, 0);
});

test("R3 not_found reports that the user is no member", () => {
	const { outbox, sent, notMemberOf } = outboxOf();
	outbox.resume("lobby");
	outbox.add("lobby", { body: "one" });
	sent[0]!.ack(refuse({ code: "not_found", retryable: false }));
	assert.deepEqual(notMemberOf, ["lobby"]);
});

test("the number of pending messages is limited", () => {
	const { outbox } = outboxOf();
	for (let index = 0; index < 200; index++) assert.equal(outbox.add("lobby", { body: `${index}` }), undefined);
	assert.equal(outbox.add("lobby", { body: "too many" })?.retryable, true);
	assert.equal(outbox.pending.value.length, 200);
});

test("without storage messages are sent all the same", () => {
	const broken = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
	const store: PendingStore = { put: broken, remove: broken, adopt: broken, clear: broken };
	const { outbox, sent, states } = outboxOf({ store });
	outbox.restore();
	outbox.resume("lobby");
	outbox.add("lobby", { body: "one" });
	sent[0]!.ack(accept(1));
	assert.deepEqual(states(), ["one stored"]);
});
