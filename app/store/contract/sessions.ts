import assert from "node:assert/strict";
import { type OpenForTest, storeTest } from "./fixture.ts";

/** Revoked sessions. */
export function sessionsContract(name: string, open: OpenForTest): void {
	storeTest(name, "S3 a revoked session is stored until it would have expired", open, async ({ store, reopen }) => {
		await store.revokeSession("aa", 1_000);
		await store.revokeSession("bb", 2_000);
		await store.revokeSession("bb", 2_000);
		const reopened = await reopen();
		assert.deepEqual((await reopened.revokedSessions(999)).sort(), ["aa", "bb"]);
		assert.deepEqual(await reopened.revokedSessions(1_000), ["bb"]);
		assert.deepEqual(await reopened.revokedSessions(0), ["bb"], "expired ones are deleted");
		assert.deepEqual(await reopened.revokedSessions(2_000), []);
	});
}
