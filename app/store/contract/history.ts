import assert from "node:assert/strict";
import type { HistoryData } from "../../protocol/message.ts";
import { fill, type OpenForTest, removal, storeTest, upTo } from "./fixture.ts";

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
}

function seqsOf({ messages, more }: HistoryData): [number[], boolean] {
	return [messages.map(({ seq }) => seq), more];
}
