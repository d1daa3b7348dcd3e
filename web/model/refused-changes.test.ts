import assert from "node:assert/strict";
import { test } from "node:test";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { ADA_USER } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";
import { UNDO_MS } from "./undo-time.ts";

const FORBIDDEN: Refusal = { code: "forbidden", message: "It's too old to be edited.", retryable: false };

/** A room in which ada has sent "mine". */
async function withOwnMessage(t: Parameters<typeof SimulatedRoom.open>[0], refuse?: () => Refusal | undefined) {
	const page = await SimulatedRoom.open(t, {
		...(refuse && { refuse }),
		prepare: (log) => log.append(ADA_USER, { body: "mine" }),
	});
	return { page, key: page.item("mine").key };
}

test("changes of a message that was removed meanwhile are dropped, and a removal of it is done", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.disconnect();
	page.room.edit(key, "better");
	page.room.react("1", "👍", true);
	page.room.pin("1", true);
	page.room.send("after");
	page.log.remove(4);
	page.log.remove(1);
	await page.connect();
	assert.deepEqual(page.texts, ["message 2", "message 3", "after"]);
	assert.deepEqual(page.room.failedChanges.value, []);
	assert.deepEqual(await page.kept(), []);
	page.room.remove(page.item("after").key);
	page.log.remove(7);
	page.hide();
	await page.settle();
	assert.deepEqual([page.room.failedChanges.value, await page.kept()], [[], []]);
});

test("a change that reaches the server after the removal of its message is dropped", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.room.edit(key, "better");
	const removal = page.log.remove(4);
	page.serve();
	page.simulated.deliver();
	assert.equal(page.texts.includes("mine"), false);
	await page.receive(removal);
	assert.equal(page.texts.includes("mine"), false);
	assert.deepEqual(page.room.failedChanges.value, []);
});

test("a message that retention has taken is dropped when a reaction to it is refused", async (t) => {
	const missing: Refusal = { code: "not_found", message: "It isn't there.", retryable: false, field: "target" };
	const page = await SimulatedRoom.open(t, { refuse: () => missing });
	page.room.react("1", "👍", true);
	await page.settle();
	assert.deepEqual(page.texts, ["message 2", "message 3"]);
	assert.deepEqual(page.room.failedChanges.value, []);
});

test("a refused edit keeps its text, and can be sent again or discarded", async (t) => {
	let isRefused = true;
	const { page, key } = await withOwnMessage(t, () => (isRefused ? FORBIDDEN : undefined));
	page.room.edit(key, "better", ["grace"]);
	await page.settle();
	const { edit } = page.item("mine");
	assert.deepEqual(edit, {
		clientId: edit?.clientId,
		state: "failed",
		refusal: FORBIDDEN,
		body: "better",
		mentions: ["grace"],
	});
	await page.reload();
	const [failed] = page.room.failedChanges.value;
	assert.deepEqual([failed?.kind, failed?.seq, failed?.refusal], ["edit", 4, FORBIDDEN]);
	isRefused = false;
	page.room.retry(failed!.clientId);
	await page.settle();
	assert.equal(page.item("better").edit, undefined);
	isRefused = true;
	page.room.edit(key, "best");
	await page.settle();
	page.room.discard(page.item("better").edit!.clientId);
	assert.equal(page.item("better").edit, undefined);
	assert.deepEqual(await page.kept(), []);
});

test("a refused removal shows the message again, with the reason", async (t) => {
	const { page, key } = await withOwnMessage(t, () => FORBIDDEN);
	page.room.remove(key);
	t.mock.timers.tick(UNDO_MS);
	await page.settle();
	assert.deepEqual(page.item("mine").removal?.refusal, FORBIDDEN);
});

test("a refused reaction is drawn as failed until it is discarded", async (t) => {
	const page = await SimulatedRoom.open(t, { refuse: () => ({ ...FORBIDDEN, code: "bad_request" }) });
	page.room.react("1", "👍", true);
	await page.settle();
	const [reaction] = page.items[0]!.reactions!;
	assert.deepEqual([reaction?.count, reaction?.pending?.state], [1, "failed"]);
	page.room.discard(reaction!.pending!.clientId);
	assert.equal(page.items[0]!.reactions, undefined);
});

test("R3 a change is kept as failed if the user is no member any more", async (t) => {
	let refusal: Refusal | undefined = { code: "not_found", message: "Join first.", retryable: false, field: "room" };
	const { page, key } = await withOwnMessage(t, () => refusal);
	page.room.edit(key, "better");
	page.serve();
	page.simulated.deliver();
	assert.deepEqual(page.requested, ["rooms:join"]);
	refusal = undefined;
	await page.settle();
	assert.equal(page.item("mine").edit?.state, "failed");
});

test("changes of a log that has been replaced are dropped, because its seqs mean other messages", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.disconnect();
	page.room.edit(key, "better");
	page.room.send("a reply", { reply: key });
	(page.log as { epoch: string }).epoch = "epoch-2";
	await page.connect();
	assert.deepEqual(page.texts.slice(-2), ["mine", "a reply"]);
	assert.equal(page.item("a reply").reply, undefined);
	assert.equal(
		page.log.entries.some(({ kind }) => kind === "edit"),
		false,
	);
});

test("a record without a kind, of an earlier version, is a message and is sent", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 1 });
	const record = {
		clientId: "old",
		author: ADA_USER,
		room: "lobby",
		content: { body: "from before" },
		createdAt: 0,
		order: 1,
	};
	await page.store.put({ ...record, after: null, refusal: null });
	await page.reload();
	assert.deepEqual(page.texts, ["message 1", "from before"]);
	assert.equal(page.log.head, 2);
	assert.deepEqual(await page.kept(), []);
});

test("a record of a kind of a later version is left alone", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 1 });
	const record = { clientId: "new", author: ADA_USER, room: "lobby", createdAt: 0, order: 1, refusal: null };
	await page.store.put({ ...record, kind: "poll" } as never);
	await page.reload();
	assert.deepEqual(await page.kept(), ["new"]);
});
