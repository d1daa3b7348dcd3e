import assert from "node:assert/strict";
import { test } from "node:test";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";
import { UNDO_MS } from "./undo-time.ts";

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

test("two pages edit one message: both end with the later text", async (t) => {
	const { page, key } = await withOwnMessage(t);
	page.room.edit(key, "from here");
	await page.receive(page.log.edit(ADA_USER, 4, "from the phone"));
	assert.equal(page.texts.at(-1), "from here");
	await page.receive(page.log.edit(ADA_USER, 4, "from the phone again"));
	assert.equal(page.texts.at(-1), "from the phone again");
});
