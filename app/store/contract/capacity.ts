import assert from "node:assert/strict";
import { type OpenForTest, storeTest } from "./fixture.ts";

/** The measured capacity of the chat. */
export function capacityContract(name: string, open: OpenForTest): void {
	storeTest(name, "H1 the newest measured capacity is kept, beside the access", open, async ({ store, reopen }) => {
		assert.equal(await store.capacity.read(), undefined);
		await store.capacity.write({ users: 1_000, messagesPerS: 33.5, measuredAt: 1 });
		await store.setAccess("members", { act: "set_access", target: { access: "members" }, createdAt: 1 });
		const measured = { users: 2_000, messagesPerS: 66.5, measuredAt: 2 };
		await store.capacity.write(measured);
		const reopened = await reopen();
		assert.deepEqual(await reopened.capacity.read(), measured);
		assert.equal((await reopened.people(0)).access, "members");
	});
}
