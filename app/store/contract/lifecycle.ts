import assert from "node:assert/strict";
import { type OpenForTest, storeTest, text, upTo } from "./fixture.ts";

/** Pinging and closing. */
export function lifecycleContract(name: string, open: OpenForTest): void {
	storeTest(name, "ping resolves while the store is open", open, async ({ store }) => {
		await store.ping();
		await store.close();
		await assert.rejects(store.ping(), { name: "StoreUnavailable" });
	});

	storeTest(name, "M1 closing completes pending appends", open, async ({ store, reopen }) => {
		const appends = upTo(50).map((number) => store.append([text("lobby", String(number))]));
		const closed = store.close();
		const outcomes = await Promise.all(appends);
		await Promise.all([closed, store.close()]);
		assert.equal(outcomes.length, 50);
		assert.equal((await (await reopen()).open("lobby", 0)).seq, 50);
	});
}
