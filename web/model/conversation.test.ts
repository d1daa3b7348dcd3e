import assert from "node:assert/strict";
import { test } from "node:test";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";
import { SimulatedRoom } from "./testing/simulated-room.ts";

test("a mention is counted once, and an edit or a removal takes it back", async (t) => {
	const page = await SimulatedRoom.open(t);
	const { mentions } = page.room;
	const mention = page.log.append(GRACE_USER, { body: "@ada" }, { mentions: [ADA_USER.id] });
	await page.receive(mention);
	await page.receive(page.log.append(GRACE_USER, { body: "@room" }, { mentions: ["room"] }));
	assert.deepEqual([mentions.value, page.room.unread.value.count], [2, 2]);
	assert.equal(page.item("@ada").mentionsMe, true);
	await page.receive(page.log.edit(GRACE_USER, 4, "@ada!", [ADA_USER.id]));
	assert.equal(mentions.value, 2);
	await page.receive(page.log.edit(GRACE_USER, 4, "nobody"));
	assert.deepEqual([mentions.value, page.room.unread.value.count], [1, 2]);
	await page.receive(page.log.remove(5));
	assert.deepEqual([mentions.value, page.room.unread.value.count], [0, 1]);
	page.room.markRead();
	await page.receive(page.log.edit(GRACE_USER, 4, "@ada after all", [ADA_USER.id]));
	assert.deepEqual([mentions.value, page.room.unread.value.count], [1, 0]);
	page.room.markRead();
	assert.equal(mentions.value, 0);
});

test("mentions are sent with the message, and with the text that an edit gives it", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 0 });
	page.room.send("@grace", { mentions: [GRACE_USER.id] });
	await page.settle();
	assert.deepEqual(page.log.messages[0]?.mentions, [GRACE_USER.id]);
	assert.deepEqual(page.items[0]?.mentions, [GRACE_USER.id]);
	page.room.edit(page.items[0]!.key, "nobody");
	assert.equal(page.items[0]?.mentions, undefined);
	await page.settle();
	assert.equal(page.log.messages[0]?.mentions, undefined);
});

test("authors of loaded messages can be mentioned", async (t) => {
	const page = await SimulatedRoom.open(t);
	assert.deepEqual(page.room.mentionable("gr"), [GRACE_USER]);
});

test("an entry of an unknown kind is skipped and its seq counted", async (t) => {
	const page = await SimulatedRoom.open(t);
	await page.receive({ kind: "poll", seq: 4, target: 1, createdAt: 4 } as never);
	page.log.entries.push({ kind: "erased", seq: 4, createdAt: 4 });
	await page.receive(page.log.append(GRACE_USER, { body: "next" }));
	assert.deepEqual(page.texts, ["message 1", "message 2", "message 3", "next"]);
});

test("an own reaction is counted once, whether the ack or the entry comes first", async (t) => {
	const page = await SimulatedRoom.open(t);
	for (const first of [0, 1]) {
		page.room.react("1", "👍", first === 0);
		page.serve();
		const counts = [];
		page.simulated.deliver(first);
		counts.push(page.items[0]?.reactions?.[0]?.count);
		page.simulated.deliver();
		counts.push(page.items[0]?.reactions?.[0]?.count);
		assert.deepEqual(counts, first === 0 ? [1, 1] : [undefined, undefined]);
	}
});

test("a page that is loaded late shows what happened to its messages meanwhile", async (t) => {
	const page = await SimulatedRoom.open(t, { count: 60 });
	const loading = page.room.loadOlder();
	page.serve();
	const late = [page.log.edit(GRACE_USER, 2, "changed"), page.log.react(GRACE_USER, 3, "👍", true), page.log.remove(4)];
	page.simulated.broadcast(late);
	page.simulated.deliver(1);
	await page.settle();
	assert.equal(await loading, undefined);
	assert.deepEqual(page.texts.slice(0, 4), ["message 1", "changed", "message 3", "message 5"]);
	assert.equal(page.item("message 3").reactions?.[0]?.count, 1);
});
