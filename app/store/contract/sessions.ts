import assert from "node:assert/strict";
import { type OpenForTest, storeTest } from "./fixture.ts";

/** Revoked sessions. */
export function sessionsContract(name: string, open: OpenForTest): void {
	storeTest(
		name,
		"S3 a revoked session is stored until it has expired by a clock that can be trusted, and no earlier",
		open,
		async ({ store, reopen }) => {
			await store.revokeSession("aa", 1_000);
			await store.revokeSession("bb", 2_000);
			await store.revokeSession("bb", 2_000);
			const reopened = await reopen();
			assert.deepEqual(
				(await reopened.revokedSessions()).sort(),
				["aa", "bb"],
				"reading deletes nothing, whatever the time",
			);
			await reopened.dropEnded(1_000);
			assert.deepEqual((await reopened.revokedSessions()).sort(), ["aa", "bb"]);
			await reopened.dropEnded(1_001);
			assert.deepEqual(await reopened.revokedSessions(), ["bb"]);
			await reopened.dropEnded(2_001);
			assert.deepEqual(await (await reopen()).revokedSessions(), []);
		},
	);
}
