import assert from "node:assert/strict";
import { test } from "node:test";
import { GRACE_USER } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";

/** A room of 500 messages, of which the newest 50 are loaded, in pages of 20. */
async function longRoom(t: Parameters<typeof SimulatedRoom.open>[0]) {
	const page = await SimulatedRoom.open(t, { count: 500 });
	page.log.pageSize = 20;
	return page;
}

async function jump(
	page: SimulatedRoom,
	how: (room: SimulatedRoom["room"]) => ReturnType<SimulatedRoom["room"]["jumpTo"]>,
) {
	const jumped = how(page.room);
	await page.settle();
	return jumped;
}

const seqs = (page: SimulatedRoom) => page.items.map(({ seq }) => seq!);

test("a jump to a message far away shows those around it, and loads on in both directions", async (t) => {
	const page = await longRoom(t);
	assert.equal(await jump(page, (room) => room.jumpTo(100)), undefined);
	assert.deepEqual(page.room.highlighted.value, { seq: 100 });
	assert.ok(seqs(page).includes(100));
	assert.equal(page.items.length, 20);
	assert.deepEqual([page.room.hasOlder.value, page.room.hasNewer.value], [true, true]);
	await jump(page, (room) => room.loadOlder());
	await jump(page, (room) => room.loadNewer());
	assert.equal(page.items.length, 60);
	assert.deepEqual(
		seqs(page),
		seqs(page).map((_, index) => seqs(page)[0]! + index),
	);
	await page.receive(page.log.append(GRACE_USER, { body: "new" }));
	assert.equal(page.texts.includes("new"), false);
	await jump(page, (room) => room.jumpToNewest());
	assert.equal(page.texts.at(-1), "new");
	assert.equal(page.room.highlighted.value, undefined);
});

test("a jump within the window requests nothing, and each one highlights again", async (t) => {
	const page = await longRoom(t);
	await page.room.jumpTo(490);
	const first = page.room.highlighted.value;
	await page.room.jumpTo(490);
	assert.deepEqual(page.room.highlighted.value, { seq: 490 });
	assert.notEqual(page.room.highlighted.value, first);
	assert.deepEqual(page.requested, []);
});

test("a jump to a message that is not there is refused with a sentence, and leaves the window", async (t) => {
	const page = await longRoom(t);
	await page.receive(page.log.remove(7));
	const before = seqs(page);
	assert.equal((await jump(page, (room) => room.jumpTo(7)))?.code, "not_found");
	assert.deepEqual(seqs(page), before);
	assert.equal(page.room.loading.value, undefined);
	assert.equal(page.room.highlighted.value, undefined);
	page.disconnect();
	assert.equal((await jump(page, (room) => room.jumpTo(8)))?.code, "unavailable");
});

test("a jump to a time shows the first message from then on, or the last one", async (t) => {
	const page = await longRoom(t);
	await jump(page, (room) => room.jumpToTime(200));
	assert.deepEqual(page.room.highlighted.value, { seq: 200 });
	await jump(page, (room) => room.jumpToTime(100_000));
	assert.deepEqual(page.room.highlighted.value, { seq: 500 });
	assert.equal(page.room.hasNewer.value, false);
});

test("in a room without messages there is nothing to jump to", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 0 });
	assert.equal((await jump(page, (room) => room.jumpToTime(1)))?.code, "not_found");
});

test("a later jump replaces an earlier one, and the page of the earlier one is ignored", async (t) => {
	const page = await longRoom(t);
	const first = page.room.jumpTo(100);
	const second = page.room.jumpTo(300);
	await page.settle();
	assert.deepEqual([await first, await second], [undefined, undefined]);
	assert.deepEqual(page.room.highlighted.value, { seq: 300 });
	assert.ok(seqs(page).includes(300) && !seqs(page).includes(100));
});

test("messages that arrive while the last page is loaded by a jump are kept", async (t) => {
	const page = await longRoom(t);
	await jump(page, (room) => room.jumpTo(100));
	const jumped = page.room.jumpTo(499);
	page.serve();
	page.simulated.broadcast([page.log.append(GRACE_USER, { body: "new" }), page.log.edit(GRACE_USER, 498, "changed")]);
	page.simulated.deliver(1);
	await page.settle();
	assert.equal(await jumped, undefined);
	assert.deepEqual(page.texts.slice(-4), ["changed", "message 499", "message 500", "new"]);
	assert.equal(page.room.hasNewer.value, false);
});
