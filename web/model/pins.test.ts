import assert from "node:assert/strict";
import { test } from "node:test";
import { Pins } from "./pins.ts";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";

const pinned = (page: SimulatedRoom) => page.room.pinned.value?.map(({ content }) => content.body);

/** A room of 60 messages whose pins are loaded: 1 is outside the window, 60 is inside. */
async function withPins(t: Parameters<typeof SimulatedRoom.open>[0]) {
	const page = await SimulatedRoom.open(t, {
		count: 60,
		prepare(log) {
			for (const seq of [1, 60]) log.pin(GRACE_USER, seq, true);
		},
	});
	assert.equal(pinned(page), undefined);
	void page.room.loadPinned(Pins);
	await page.settle();
	return page;
}

test("pinned messages are loaded on demand, then kept current", async (t) => {
	const page = await withPins(t);
	assert.deepEqual(pinned(page), ["message 1", "message 60"]);
	assert.equal(page.item("message 60").pinned, true);
	await page.receive(page.log.pin(GRACE_USER, 59, true), page.log.edit(GRACE_USER, 1, "changed"));
	assert.deepEqual(pinned(page), ["changed", "message 59", "message 60"]);
	await page.receive(page.log.pin(GRACE_USER, 60, false), page.log.remove(59));
	assert.deepEqual(pinned(page), ["changed"]);
});

test("a pin of a message that is not loaded loads the list again", async (t) => {
	const page = await withPins(t);
	await page.receive(page.log.pin(GRACE_USER, 2, true));
	assert.deepEqual(pinned(page), ["message 1", "message 2", "message 60"]);
});

test("a pin that arrives before the list it is not in is not lost", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 60 });
	void page.room.loadPinned(Pins);
	page.serve();
	page.simulated.broadcast([page.log.pin(GRACE_USER, 2, true)]);
	page.simulated.deliver(1);
	await page.settle();
	assert.deepEqual(pinned(page), ["message 2"]);
});

test("own pins are in the list at once", async (t) => {
	const page = await withPins(t);
	page.disconnect();
	page.room.pin("59", true);
	page.room.pin("60", false);
	assert.deepEqual(pinned(page), ["message 1", "message 59"]);
	assert.equal(page.item("message 60").pin?.state, "queued");
	await page.connect();
	assert.deepEqual(pinned(page), ["message 1", "message 59"]);
	assert.equal(page.item("message 60").pin, undefined);
	page.room.pin("60", true);
	await page.settle();
	const { users } = { users: page.log.entries.flatMap((entry) => (entry.kind === "pin" ? [entry.user?.id] : [])) };
	assert.deepEqual(users.slice(-3), [ADA_USER.id, ADA_USER.id, ADA_USER.id]);
});

test("the list is loaded again when the room starts over, and what failed is loaded after a reconnect", async (t) => {
	const page = await withPins(t);
	page.disconnect();
	for (let seq = 2; seq <= 12; seq++) page.log.pin(GRACE_USER, seq, true);
	await page.connect();
	assert.equal(pinned(page)?.length, 13);

	await page.reload({ isOffline: true });
	const loading = page.room.loadPinned(Pins);
	assert.equal((await loading)?.code, "unavailable");
	await page.connect();
	assert.equal(pinned(page)?.length, 13);
});
