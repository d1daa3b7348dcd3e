import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";
import { type Thread, Threads } from "./threads.ts";

/** A room with `replies` replies to message 1, each followed by another message. */
async function withThread(t: TestContext, replies = 2) {
	const page = await SimulatedRoom.open(t, {
		count: 1,
		prepare(log) {
			for (let index = 1; index <= replies; index++) {
				log.append(GRACE_USER, { body: `reply ${index}` }, { reply: 1 });
				log.append(GRACE_USER, { body: `other ${index}` });
			}
		},
	});
	const thread = page.room.openThread(1, Threads);
	await page.settle();
	return { page, thread };
}

function texts(thread: Thread): string[] {
	return thread.items.value.flatMap((item) => (item.kind === "message" ? [item.content.body!] : []));
}

test("a thread has the first message and its replies, and follows the log", async (t) => {
	const { page, thread } = await withThread(t);
	assert.deepEqual(texts(thread), ["message 1", "reply 1", "reply 2"]);
	assert.equal(thread.rootItem.value?.replies, 2);
	await page.receive(page.log.append(GRACE_USER, { body: "reply to a reply" }, { reply: 2 }));
	await page.receive(page.log.append(GRACE_USER, { body: "elsewhere" }));
	await page.receive(page.log.edit(GRACE_USER, 4, "changed"), page.log.react(GRACE_USER, 2, "👍", true));
	await page.receive(page.log.remove(2));
	assert.deepEqual(texts(thread), ["message 1", "changed", "reply to a reply"]);
	assert.equal(thread.rootItem.value?.replies, 2);
	assert.equal(page.item("message 1").replies, 2);
	assert.equal(page.item("reply to a reply").thread, 1);
});

test("a reply is in its thread and in the room at once, and is sent with the message that it replies to", async (t) => {
	const { page, thread } = await withThread(t);
	page.disconnect();
	thread.send("pending");
	thread.send("to a reply", { reply: page.item("reply 1").key });
	page.room.send("elsewhere");
	assert.deepEqual(texts(thread), ["message 1", "reply 1", "reply 2", "pending", "to a reply"]);
	assert.deepEqual(page.texts.slice(-3), ["pending", "to a reply", "elsewhere"]);
	await page.connect();
	assert.deepEqual(texts(thread), ["message 1", "reply 1", "reply 2", "pending", "to a reply"]);
	assert.deepEqual(
		page.log.messages.slice(-3).map(({ reply, root }) => [reply, root]),
		[
			[1, 1],
			[2, 1],
			[undefined, undefined],
		],
	);
	assert.equal(thread.rootItem.value?.replies, 4);
});

test("M4 a reply whose ack was lost is never drawn twice", async (t) => {
	const { page } = await withThread(t);
	page.room.openThread(1, Threads).send("once");
	page.serve();
	await page.reload({ isOffline: true });
	const thread = page.room.openThread(1, Threads);
	page.simulated.connect();
	for (let turn = 0; turn < 50; turn++) {
		if (turn % 2 === 0) page.serve();
		else page.simulated.deliver();
		await null;
		assert.ok(texts(thread).filter((text) => text === "once").length <= 1);
	}
	await page.settle();
	assert.deepEqual(texts(thread), ["message 1", "reply 1", "reply 2", "once"]);
});

test("a long thread is loaded page by page, and its first message is known all the same", async (t) => {
	const { page } = await withThread(t, 30);
	page.log.pageSize = 10;
	const thread = page.room.openThread(1, Threads);
	await page.settle();
	assert.deepEqual([texts(thread)[0], thread.hasOlder.value], ["reply 21", true]);
	assert.equal(thread.rootItem.value?.content.body, "message 1");
	while (thread.hasOlder.value) {
		void thread.loadOlder();
		await page.settle();
	}
	assert.equal(texts(thread).length, 31);
	assert.equal(texts(thread)[0], "message 1");
});

test("an edit that arrives before the first page of its thread is applied to it", async (t) => {
	const { page } = await withThread(t);
	const thread = page.room.openThread(1, Threads);
	page.serve();
	page.simulated.broadcast([page.log.edit(GRACE_USER, 2, "changed")]);
	page.simulated.deliver(page.simulated.packets.length - 1);
	await page.settle();
	assert.deepEqual(texts(thread), ["message 1", "changed", "reply 2"]);
});

test("a thread that could not be loaded says why, and is loaded after a reconnect", async (t) => {
	const { page } = await withThread(t);
	page.disconnect();
	const thread = page.room.openThread(1, Threads);
	await page.settle();
	assert.equal(thread.problem.value?.code, "unavailable");
	await page.connect();
	assert.equal(thread.problem.value, undefined);
	assert.deepEqual(texts(thread), ["message 1", "reply 1", "reply 2"]);
});

test("a thread is loaded again when the room starts over, and not after it is closed", async (t) => {
	const { page, thread } = await withThread(t);
	const closed = page.room.openThread(1, Threads);
	await page.settle();
	closed.close();
	page.disconnect();
	for (let index = 1; index <= 20; index++) page.log.append(GRACE_USER, { body: `missed ${index}` }, { reply: 1 });
	page.log.edit(GRACE_USER, 2, "changed");
	await page.connect();
	assert.equal(texts(thread).length, 23);
	assert.equal(texts(thread)[1], "changed");
	assert.equal(texts(closed).length, 3);
});

test("the removal of the first message leaves its replies", async (t) => {
	const { page, thread } = await withThread(t);
	await page.receive(page.log.remove(1));
	assert.deepEqual(texts(thread), ["reply 1", "reply 2"]);
	assert.equal(thread.rootItem.value, undefined);
	assert.equal(page.item("reply 1").reply?.state, "removed");
});

test("changes of a reply are pending in its thread as well", async (t) => {
	const { page, thread } = await withThread(t);
	thread.send("mine");
	await page.settle();
	page.disconnect();
	page.room.edit(page.item("mine").key, "better");
	page.room.react("2", "👍", true);
	assert.equal(texts(thread).at(-1), "better");
	const [, reply] = thread.items.value;
	assert.equal(reply?.kind === "message" && reply.reactions?.[0]?.users?.[0], ADA_USER);
});
