import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Message } from "../../app/protocol/message.ts";
import { MAX_QUOTED, Quotes } from "./quotes.ts";
import { RecentEntries } from "./recent-entries.ts";
import { ADA_USER, GRACE_USER, makeEdit, makePage, makeRemoval, makeStates } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";
import { stubRequests } from "./testing/stub-requests.ts";

/** Quotes whose requests the test answers. */
function quotesOf(t: TestContext) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const { connection, requests } = stubRequests();
	const recent = new RecentEntries(ADA_USER.id);
	let isLive = true;
	const quotes = new Quotes({
		room: "lobby",
		viewer: ADA_USER.id,
		connection,
		recent,
		isLive: () => isLive,
		onChange: () => {},
	});
	const asked = () => requests.map(({ payload }) => (payload as { seq: number }).seq);
	const body = (seq: number) => (quotes.find(seq) as Message | undefined)?.body;
	return { quotes, recent, requests, asked, body, setLive: (live: boolean) => (isLive = live) };
}

/** A room whose newest page lacks message 1, to which the last message replies. */
async function withDistantReply(t: TestContext) {
	return SimulatedRoom.open(t, {
		count: 60,
		prepare: (log) => log.append(GRACE_USER, { body: "a reply" }, { reply: 1 }),
	});
}

test("each missing message is requested once, the most important first, two at a time", async (t) => {
	const { quotes, requests, asked, body } = quotesOf(t);
	quotes.need([1, 2, 3]);
	quotes.need([1, 2, 3]);
	assert.deepEqual(asked(), [3, 2]);
	await requests[0]!.accept(makePage(makeStates(3, 3), true));
	assert.deepEqual(asked(), [3, 2, 1]);
	quotes.need([3]);
	assert.deepEqual(asked(), [3, 2, 1]);
	assert.equal(body(3), "grace 3");
});

test("a message that the server does not have is removed; any other refusal leaves it unknown", async (t) => {
	const { quotes, requests } = quotesOf(t);
	quotes.need([1, 2]);
	await requests[0]!.accept(makePage(makeStates(5, 5), true));
	assert.equal(quotes.find(2), "removed");
	await requests[1]!.refuse(false);
	assert.equal(quotes.find(1), undefined);
	quotes.need([1, 2]);
	assert.equal(requests.length, 2);
});

test("a temporary refusal is repeated after a pause, or after a reconnect", async (t) => {
	const { quotes, requests, setLive } = quotesOf(t);
	quotes.need([1]);
	await requests[0]!.refuse(true, 500);
	quotes.need([1]);
	assert.equal(requests.length, 1);
	t.mock.timers.tick(60_000);
	assert.equal(requests.length, 2);
	setLive(false);
	await requests[1]!.refuse(true);
	t.mock.timers.tick(60_000);
	assert.equal(requests.length, 2);
	setLive(true);
	quotes.resume();
	assert.equal(requests.length, 3);
});

test("C1 entries keep a message current, also those that arrive before it", async (t) => {
	const { quotes, recent, requests, body } = quotesOf(t);
	quotes.need([1]);
	recent.add([makeEdit(11, 1, "early")]);
	await requests[0]!.accept(makePage(makeStates(1, 1), true, 10));
	assert.equal(body(1), "early");
	quotes.receive([makeEdit(12, 1, "late")]);
	assert.equal(body(1), "late");
	quotes.receive([makeRemoval(13, 1)]);
	assert.equal(quotes.find(1), "removed");
});

test("no more than 200 messages are kept and requested, and the needed ones stay", async (t) => {
	const { quotes, requests } = quotesOf(t);
	const needed = Array.from({ length: 300 }, (_, index) => index + 1);
	quotes.need(needed);
	for (let index = 0; index < requests.length; index++) {
		const { seq } = requests[index]!.payload as { seq: number };
		await requests[index]!.accept(makePage(makeStates(seq, seq), true));
	}
	quotes.need(needed);
	assert.equal(requests.length, MAX_QUOTED);
	assert.deepEqual([quotes.find(100), typeof quotes.find(101)], [undefined, "object"]);
	quotes.need([1, 101]);
	await requests.at(-1)!.accept(makePage(makeStates(1, 1), true));
	assert.deepEqual([typeof quotes.find(101), quotes.find(102)], ["object", undefined]);
});

test("after a reset the messages on their way are ignored", async (t) => {
	const { quotes, requests } = quotesOf(t);
	quotes.need([1]);
	quotes.reset();
	await requests[0]!.accept(makePage(makeStates(1, 1), true));
	assert.equal(quotes.find(1), undefined);
});

test("a reply draws its quote from the message, and follows its edits and its removal", async (t) => {
	const page = await SimulatedRoom.open(t, {
		prepare: (log) => log.append(GRACE_USER, { body: "a reply" }, { reply: 2 }),
	});
	const quote = () => page.item("a reply").reply;
	assert.deepEqual(quote(), { seq: 2, state: "here", author: GRACE_USER, excerpt: "message 2" });
	await page.receive(page.log.edit(GRACE_USER, 2, `changed\n${"x".repeat(500)}`));
	assert.match(quote()?.excerpt ?? "", /^changed x+…$/);
	await page.receive(page.log.remove(2));
	assert.deepEqual(quote(), { seq: 2, state: "removed" });
	assert.equal(page.item("message 1"), page.item("message 1"));
});

test("the quote of a message outside the window is loaded once, kept current, and does not outlive it", async (t) => {
	const page = await withDistantReply(t);
	const quote = () => page.item("a reply").reply;
	assert.equal(quote()?.excerpt, "message 1");
	const before = page.item("a reply");
	await page.receive(page.log.append(GRACE_USER, { body: "more" }));
	assert.equal(page.item("a reply"), before, "an unchanged item is the same object");
	await page.receive(page.log.edit(GRACE_USER, 1, "changed"));
	assert.equal(quote()?.excerpt, "changed");
	await page.receive(page.log.remove(1));
	assert.deepEqual(quote(), { seq: 1, state: "removed" });
});

test("a quote is unknown without a connection, and loaded after the next one", async (t) => {
	const page = await withDistantReply(t);
	await page.receive(page.log.append(GRACE_USER, { body: "another" }, { reply: 2 }));
	await page.reload({ isOffline: true });
	page.simulated.connect();
	page.serve();
	page.simulated.deliver();
	assert.deepEqual(page.requested, ["message:around", "message:around"]);
	assert.deepEqual(page.item("another").reply, { seq: 2, state: "unknown" });
	page.disconnect();
	await page.connect();
	assert.equal(page.item("another").reply?.excerpt, "message 2");
});

test("a quote shows pending changes of its message", async (t) => {
	const page = await SimulatedRoom.open(t, {
		prepare: (log) => {
			log.append(ADA_USER, { body: "mine" });
			log.append(GRACE_USER, { body: "a reply" }, { reply: 4 });
		},
	});
	page.disconnect();
	page.room.edit("4", "better");
	assert.equal(page.item("a reply").reply?.excerpt, "better");
	page.room.remove("4");
	assert.equal(page.item("a reply").reply?.state, "removed");
	page.room.undoRemoval("4");
	assert.equal(page.item("a reply").reply?.excerpt, "better");
});

test("a reply to a message that is still queued names it, and is sent after it", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 0 });
	page.disconnect();
	page.room.send("first");
	page.room.send("second", { reply: page.item("first").key });
	assert.deepEqual(page.item("second").reply, { seq: undefined, state: "here", author: ADA_USER, excerpt: "first" });
	await page.connect();
	assert.deepEqual([page.log.messages[1]?.reply, page.log.messages[1]?.root], [1, 1]);
	assert.equal(page.item("second").reply?.excerpt, "first");
	assert.equal(page.item("first").replies, 1);
});

test("a reply to a message that was removed meanwhile fails, and is sent as a plain message by the next attempt", async (t) => {
	const page = await SimulatedRoom.open(t);
	page.disconnect();
	page.room.send("a reply", { reply: "2" });
	page.log.remove(2);
	await page.connect();
	const failed = page.item("a reply");
	assert.deepEqual([failed.state, failed.reply?.state], ["failed", "removed"]);
	page.room.retry(failed.clientId!);
	await page.settle();
	assert.deepEqual([page.item("a reply").state, page.item("a reply").reply], ["stored", undefined]);
});

test("a reply to a message that is discarded becomes a plain message", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 0 });
	page.disconnect();
	page.room.send("first");
	page.room.send("second", { reply: page.item("first").key });
	page.room.remove(page.item("first").key);
	assert.equal(page.item("second").reply, undefined);
	await page.connect();
	assert.deepEqual(page.texts, ["second"]);
});
