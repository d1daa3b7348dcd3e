import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { GRACE_USER } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";

const INTERVAL_MS = 750;

/** Ada's page on a room with five messages of grace, which another device has read up to `read`. */
async function openRead(t: TestContext, read: number | undefined) {
	const page = await SimulatedRoom.open(t, {
		count: 5,
		prepare: (log) => read !== undefined && log.moveMark("ada", read),
	});
	/** Lets what waits be sent, and returns the mark that the server has. */
	const onServer = async () => {
		t.mock.timers.tick(INTERVAL_MS);
		await page.settle();
		return page.log.marks.get("ada");
	};
	const unread = () => page.room.unread.value.count;
	return { page, onServer, unread };
}

test("U3 a device that is new has the unread messages of the others", async (t) => {
	const { page, unread } = await openRead(t, 2);
	assert.equal(unread(), 3);
	assert.equal(page.room.newSince.value?.seq, 3, "the line is above the first one");
});

test("U3 a room that nobody has read before is read on every device", async (t) => {
	const { onServer, unread } = await openRead(t, undefined);
	assert.deepEqual([unread(), await onServer()], [0, 5]);
});

test("U1 what is read here is sent, at most once in a while, and what is read elsewhere is taken over", async (t) => {
	const { page, onServer, unread } = await openRead(t, 1);
	page.room.seen(2);
	assert.deepEqual(page.requested, ["room:read"], "the first one at once");
	for (const seq of [3, 4]) page.room.seen(seq);
	assert.deepEqual(page.requested, ["room:read"]);
	assert.deepEqual([unread(), await onServer()], [1, 4]);
	page.simulated.moveElsewhere(5);
	await page.settle();
	assert.equal(unread(), 0);
	assert.equal(page.room.newSince.value, undefined, "the line has gone too");
});

test("U1 messages that were read elsewhere before they arrived here are not counted", async (t) => {
	const { page, unread } = await openRead(t, 5);
	const entries = [6, 7].map((number) => page.log.append(GRACE_USER, { body: `message ${number}` }));
	page.simulated.moveElsewhere(6);
	await page.receive(...entries);
	assert.equal(unread(), 1);
});

test("U1 mark as unread stays until the room is opened again, on every device", async (t) => {
	const { page, onServer, unread } = await openRead(t, 5);
	page.room.markUnread(3);
	assert.deepEqual([unread(), page.room.newSince.value?.seq, await onServer()], [3, 3, 2]);
	page.room.seen();
	assert.deepEqual([unread(), await onServer()], [3, 2], "what is in view stays unread");
	page.room.markRead();
	assert.deepEqual([unread(), await onServer()], [0, 5]);
	page.simulated.moveElsewhere(1, true);
	await page.settle();
	page.room.seen();
	assert.deepEqual([unread(), page.room.newSince.value?.seq, await onServer()], [4, 2, 1]);
});

test("U2 a mark that could not be sent is sent after a reload, and does not undo what happened elsewhere", async (t) => {
	const { page, onServer, unread } = await openRead(t, 2);
	page.disconnect();
	page.room.seen(4);
	await page.reload();
	assert.deepEqual([unread(), await onServer()], [1, 4]);
	page.disconnect();
	page.simulated.moveElsewhere(1, true);
	await page.reload();
	assert.deepEqual([unread(), await onServer()], [4, 1], "the server's mark counts where nothing is unsent");
});

test("an unread message that is removed is not unread, also as the last one", async (t) => {
	const { page, unread } = await openRead(t, 4);
	await page.receive(page.log.remove(5));
	assert.equal(unread(), 0);
});
