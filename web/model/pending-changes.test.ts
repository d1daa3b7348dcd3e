import assert from "node:assert/strict";
import { test } from "node:test";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { UNDO_MS } from "./pending-changes.ts";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";

const FORBIDDEN: Refusal = { code: "forbidden", message: "It's too old to be edited.", retryable: false };

/** A room in which ada has sent "mine". */
async function withOwnMessage(t: Parameters<typeof SimulatedRoom.open>[0], refuse?: () => Refusal | undefined) {
	const page = await SimulatedRoom.open(t, {
		...(refuse && { refuse }),
		prepare: (log) => log.append(ADA_USER, { body: "mine" }),
	});
	return { page, key: page.item("mine").key };
}

test("an edit is drawn at once and sent after reconnecting, once", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.disconnect();
	page.room.edit(key, "better");
	assert.deepEqual(page.texts.at(-1), "better");
	assert.equal(page.item("better").edit?.state, "queued");
	await page.connect();
	assert.equal(page.item("better").edit, undefined);
	assert.equal(page.item("better").editedAt, 5);
	assert.equal(page.log.messages.at(-1)?.body, "better");
	assert.equal(page.log.head, 5);
});

test("M2 an edit whose ack was lost is sent again under the same clientId and stored once", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.room.edit(key, "better");
	page.serve();
	await page.reload({ isOffline: true });
	assert.equal((await page.kept()).length, 1);
	await page.connect();
	assert.equal(page.log.head, 5);
	assert.deepEqual(await page.kept(), []);
	assert.equal(page.item("better").edit, undefined);
});

test("messages and changes are sent in the order in which they were made", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.disconnect();
	page.room.send("one");
	page.room.edit(key, "better");
	page.room.react("1", "👍", true);
	page.room.send("two");
	page.room.pin("2", true);
	await page.connect();
	assert.deepEqual(
		page.log.entries.slice(4).map(({ kind }) => kind),
		["message", "edit", "reaction", "message", "pin"],
	);
});

test("a second edit replaces the first one that was not sent, and follows one that was", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.disconnect();
	page.room.edit(key, "first");
	page.room.edit(key, "second");
	await page.connect();
	assert.equal(page.log.head, 5);
	page.room.edit(key, "third");
	page.room.edit(key, "fourth");
	assert.deepEqual(page.texts.at(-1), "fourth");
	await page.settle();
	assert.equal(page.log.head, 7);
	assert.equal(page.log.messages.at(-1)?.body, "fourth");
});

test("editing or removing a message that was never sent changes or discards it", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 0 });
	page.disconnect();
	page.room.send("one");
	page.room.send("two");
	page.room.react(page.item("two").key, "👍", true);
	page.room.edit(page.item("one").key, "changed");
	page.room.remove(page.item("two").key);
	assert.deepEqual(page.texts, ["changed"]);
	assert.deepEqual(page.room.removals.value, []);
	assert.equal((await page.kept()).length, 1);
	await page.connect();
	assert.deepEqual(
		page.log.entries.map((entry) => entry.kind === "message" && entry.body),
		["changed"],
	);
});

test("changes of a message under way wait for its ack, also over a reload", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 0 });
	page.room.send("one");
	const { key } = page.item("one");
	page.room.edit(key, "changed");
	page.room.react(key, "👍", true);
	assert.deepEqual(page.texts, ["changed"]);
	assert.deepEqual(page.requested, ["message:send"]);
	page.serve();
	await page.reload({ isOffline: true });
	assert.deepEqual(page.texts, ["changed"]);
	assert.equal(page.items[0]?.reactions?.[0]?.mine, true);
	await page.connect();
	assert.deepEqual(page.texts, ["changed"]);
	assert.deepEqual(
		page.log.entries.map(({ kind }) => kind),
		["message", "edit", "reaction"],
	);
	assert.deepEqual(page.log.messagesFor(ADA_USER.id)[0]?.reactions, [
		{ emoji: "👍", count: 1, users: [ADA_USER], mine: true },
	]);
	assert.deepEqual(await page.kept(), []);
});

test("changes of a message that is stored by then are sent under its old key", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 0 });
	page.room.send("one");
	const { key } = page.item("one");
	await page.settle();
	assert.equal(page.item("one").key, key);
	page.room.edit(key, "changed");
	await page.settle();
	assert.deepEqual(page.texts, ["changed"]);
	assert.equal(page.items[0]?.key, key);
});

test("a reaction counts at once; setting and unsetting it while offline sends nothing", async (t) => {
	const page = await SimulatedRoom.open(t, { prepare: (log) => log.react(GRACE_USER, 1, "👍", true) });
	page.disconnect();
	page.room.react("1", "👍", true);
	const [reaction] = page.items[0]!.reactions!;
	assert.deepEqual([reaction?.count, reaction?.mine, reaction?.pending?.state], [2, true, "queued"]);
	page.room.react("1", "👍", true);
	assert.equal((await page.kept()).length, 1);
	page.room.react("1", "👍", false);
	assert.equal(page.items[0]!.reactions![0]!.count, 1);
	assert.deepEqual(await page.kept(), []);
	await page.connect();
	assert.equal(page.log.head, 4);
});

test("a reaction under way that is unset is unset after its ack, and counted once meanwhile", async (t) => {
	const page = await SimulatedRoom.open(t);
	page.room.react("1", "🎉", true);
	page.room.react("1", "🎉", false);
	assert.equal(page.items[0]!.reactions, undefined);
	page.room.react("1", "🎉", true);
	assert.equal(page.items[0]!.reactions![0]!.count, 1);
	page.room.react("1", "🎉", false);
	await page.settle();
	assert.deepEqual(
		page.log.entries.slice(3).map((entry) => entry.kind === "reaction" && entry.on),
		[true, false],
	);
	assert.equal(page.items[0]!.reactions, undefined);
});

test("an emoji with and without its variation selector is one reaction", async (t) => {
	const page = await SimulatedRoom.open(t, { prepare: (log) => log.react(GRACE_USER, 1, "❤️", true) });
	page.room.react("1", "❤", true);
	assert.deepEqual(
		page.items[0]!.reactions!.map(({ emoji, count }) => [emoji, count]),
		[["❤️", 2]],
	);
	assert.equal(page.room.react("1", "no", true)?.code, "bad_request");
});

test("a removal hides the message at once, can be undone for five seconds, and is sent then", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.room.remove(key);
	assert.equal(page.texts.includes("mine"), false);
	assert.deepEqual(page.room.removals.value, [{ key, until: UNDO_MS }]);
	t.mock.timers.tick(UNDO_MS - 1);
	page.room.undoRemoval(key);
	assert.equal(page.texts.includes("mine"), true);
	assert.deepEqual(await page.kept(), []);
	t.mock.timers.tick(UNDO_MS);
	assert.deepEqual(page.requested, []);

	page.room.remove(key);
	page.room.remove(key);
	t.mock.timers.tick(UNDO_MS);
	assert.deepEqual(page.requested, ["message:remove"]);
	page.room.undoRemoval(key);
	await page.settle();
	assert.deepEqual(page.log.entries.at(-1)?.kind, "removal");
	assert.equal(page.texts.includes("mine"), false);
});

test("a removal is sent when the page is hidden, and by the next page if this one is closed", async (t) => {
	const hidden = await withOwnMessage(t);
	hidden.page.room.remove(hidden.key);
	hidden.page.hide();
	assert.deepEqual(hidden.page.requested, ["message:remove"]);
	assert.deepEqual(hidden.page.room.removals.value, []);
	t.mock.timers.reset();

	const closed = await withOwnMessage(t);
	closed.page.room.remove(closed.key);
	await closed.page.reload();
	assert.equal(closed.page.texts.includes("mine"), false);
	assert.deepEqual(closed.page.log.entries.at(-1)?.kind, "removal");
});

test("leaving the room makes its removals first", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.room.remove(key);
	page.user.rooms.leave("lobby");
	assert.deepEqual(page.requested, ["message:remove", "room:leave"]);
});

test("a removal drops the edits and reactions of its message that were not sent", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.disconnect();
	page.room.edit(key, "better");
	page.room.react(key, "👍", true);
	page.room.remove(key);
	page.hide();
	assert.equal((await page.kept()).length, 1);
	await page.connect();
	assert.deepEqual(
		page.log.entries.slice(4).map(({ kind }) => kind),
		["removal"],
	);
});

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
	assert.deepEqual(page.requested, ["room:join"]);
	refusal = undefined;
	await page.settle();
	assert.equal(page.item("mine").edit?.state, "failed");
});

test("two pages edit one message: both end with the later text", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.room.edit(key, "from here");
	await page.receive(page.log.edit(ADA_USER, 4, "from the phone"));
	assert.equal(page.texts.at(-1), "from here");
	await page.receive(page.log.edit(ADA_USER, 4, "from the phone again"));
	assert.equal(page.texts.at(-1), "from the phone again");
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
