import assert from "node:assert/strict";
import { test } from "node:test";
import { upTo } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { startAppending } from "../testing/appending-child.ts";
import { assertHoldsExactly } from "../testing/logs.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

test("M3 two processes that share a file keep one order without a hole", async () => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	try {
		const children = ["one", "two"].map((author) => startAppending({ databasePath }, author, 400));
		assert.deepEqual(await Promise.all(children.map((child) => child.ended())), [0, 0]);
		const acked = children.flatMap((child) => child.acked);
		await assertHoldsExactly(store, acked);
	} finally {
		await dispose();
	}
});

test("a new file that several processes open at once is migrated once", async () => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	await store.close();
	const fresh = `${databasePath}-fresh`;
	try {
		const stores = await Promise.all(upTo(5).map(() => openStore({ databasePath: fresh })));
		const logs = await Promise.all(stores.map((each) => each.open("lobby", 1)));
		assert.equal(new Set(logs.map(({ epoch }) => epoch)).size, 1);
		await Promise.all(stores.map((each) => each.close()));
	} finally {
		await dispose();
	}
});
