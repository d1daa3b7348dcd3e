import assert from "node:assert/strict";
import type { HistoryData } from "../../protocol/message.ts";
import { BEN, edit, fill, type OpenForTest, pin, reaction, removal, storeTest, text, upTo } from "./fixture.ts";

/** Pages of messages in their current state. */
export function historyContract(name: string, open: OpenForTest): void {
	storeTest(name, "history is paged backwards to the first message", open, async ({ store }) => {
		await fill(store, "lobby", 25);
		const newest = await store.history("lobby", { limit: 10 });
		const middle = await store.history("lobby", { before: 16, limit: 10 });
		const oldest = await store.history("lobby", { before: 6, limit: 5 });
		assert.deepEqual(seqsOf(newest), [upTo(25, 16), true]);
		assert.deepEqual(seqsOf(middle), [upTo(15, 6), true]);
		assert.deepEqual(seqsOf(oldest), [upTo(5), false]);
		assert.deepEqual(seqsOf(await store.history("lobby", { before: 1, limit: 5 })), [[], false]);
	});

	storeTest(name, "history is paged forwards to the last message", open, async ({ store }) => {
		await fill(store, "lobby", 25);
		assert.deepEqual(seqsOf(await store.history("lobby", { after: 0, limit: 10 })), [upTo(10), true]);
		assert.deepEqual(seqsOf(await store.history("lobby", { after: 15, limit: 10 })), [upTo(25, 16), false]);
		assert.deepEqual(seqsOf(await store.history("lobby", { after: 25, limit: 10 })), [[], false]);
	});

	storeTest(name, "history counts messages, not entries", open, async ({ store }) => {
		await fill(store, "lobby", 6);
		await store.append([removal("lobby", 2), removal("lobby", 5)]);
		assert.deepEqual(seqsOf(await store.history("lobby", { limit: 4 })), [[1, 3, 4, 6], false]);
		assert.deepEqual(seqsOf(await store.history("lobby", { limit: 3 })), [[3, 4, 6], true]);
		assert.deepEqual(seqsOf(await store.history("lobby", { after: 1, limit: 2 })), [[3, 4], true]);
	});

	storeTest(name, "messages around a seq: half before it, and the rest from it on", open, async ({ store }) => {
		await fill(store, "lobby", 20);
		await store.append([removal("lobby", 10), reaction(BEN, "lobby", 9, "👍"), pin("lobby", 12)]);
		const around = async (seq: number, limit = 4) => {
			const page = await store.around("lobby", { seq, limit });
			assert.equal(page.seq, 23);
			return [page.messages.map((message) => message.seq), page.more, page.moreAfter];
		};
		assert.deepEqual(await around(5), [[3, 4, 5, 6], true, true]);
		assert.deepEqual(await around(5, 5), [[3, 4, 5, 6, 7], true, true]);
		assert.deepEqual(await around(10), [[8, 9, 11, 12], true, true]);
		assert.deepEqual(await around(1), [[1, 2, 3, 4], false, true]);
		assert.deepEqual(await around(2), [[1, 2, 3, 4], false, true]);
		assert.deepEqual(await around(3), [[1, 2, 3, 4], false, true]);
		assert.deepEqual(await around(19), [[17, 18, 19, 20], true, false]);
		for (const seq of [20, 21, 23, 99]) assert.deepEqual(await around(seq), [[17, 18, 19, 20], true, false]);
		assert.deepEqual(await around(7, 100), [upTo(20).filter((number) => number !== 10), false, false]);
		const [ninth] = (await store.around("lobby", { seq: 9, limit: 1, viewer: BEN.id })).messages;
		assert.deepEqual(ninth?.reactions, [{ emoji: "👍", count: 1, users: [BEN], mine: true }]);
		const nothing = { messages: [], more: false, moreAfter: false, seq: 0 };
		assert.deepEqual(await store.around("nowhere", { seq: 1, limit: 5 }), nothing);
		assert.deepEqual(await store.around("nowhere", { at: 1, limit: 5 }), nothing);
	});

	storeTest(name, "messages around a time begin with the first one at or after it", open, async ({ store }) => {
		await store.append([text("lobby", "old", { createdAt: 1 })]);
		await store.append(upTo(500).map((number) => text("lobby", `${number}`, { createdAt: 100 * number })));
		await store.append([reaction(BEN, "lobby", 9, "👍", { createdAt: 60_000 })]);
		await store.prune(2);
		const around = async (at: number) => {
			const page = await store.around("lobby", { at, limit: 3 });
			return [page.messages.map((message) => message.createdAt), page.more, page.moreAfter];
		};
		assert.deepEqual(await around(0), [[100, 200, 300], false, true]);
		assert.deepEqual(await around(25_000), [[24_900, 25_000, 25_100], true, true]);
		assert.deepEqual(await around(25_001), [[25_000, 25_100, 25_200], true, true]);
		for (const at of [50_001, 60_000, 99_000])
			assert.deepEqual(await around(at), [[49_800, 49_900, 50_000], true, false]);
	});

	storeTest(name, "opening returns the newest messages with the entries, at one moment", open, async ({ store }) => {
		await fill(store, "lobby", 6);
		await store.append([removal("lobby", 6), edit("lobby", 2, "two"), reaction(BEN, "lobby", 5, "👍")]);
		const { messages, more, entries, seq } = await store.open("lobby", 2, 3);
		assert.deepEqual([messages.map((message) => message.seq), more, seq], [[3, 4, 5], true, 9]);
		assert.deepEqual(
			entries.map(({ kind }) => kind),
			["edit", "reaction"],
		);
		assert.deepEqual(messages, (await store.history("lobby", { limit: 3 })).messages);
		const all = await store.open("lobby", 0, 5);
		assert.deepEqual([all.messages.map(({ rev }) => rev), all.more, all.entries], [[1, 8, 3, 4, 9], false, []]);
		const none = await store.open("lobby", 0);
		assert.deepEqual([none.messages, none.more], [[], true]);
	});

	storeTest(name, "C1 rev is the newest entry that changed a message", open, async ({ store }) => {
		await fill(store, "lobby", 2);
		const changes = [
			edit("lobby", 1, "x"),
			reaction(BEN, "lobby", 1, "👍"),
			pin("lobby", 1),
			text("lobby", "reply", { reply: 1 }),
			removal("lobby", 6),
			reaction(BEN, "lobby", 1, "👍", { on: false }),
			pin("lobby", 1, { on: false }),
		];
		for (const [index, change] of changes.entries()) {
			await store.append([change]);
			const revs = (await store.history("lobby", { limit: 2, before: 3 })).messages.map(({ rev }) => rev);
			assert.deepEqual(revs, [index + 3, 2], change.kind);
		}
	});
}

function seqsOf({ messages, more }: HistoryData): [number[], boolean] {
	return [messages.map(({ seq }) => seq), more];
}
