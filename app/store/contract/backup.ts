import assert from "node:assert/strict";
import type { Store } from "../../room/ports/store.ts";
import { fill, type OpenForTest, type StoreUnderTest, storeTest, text, upTo, wholeLog } from "./fixture.ts";

/** A store that backs itself up to a file. */
export type BackedUpStore = StoreUnderTest & {
	/** A path for a backup, without a file. */
	backupPath: string;
	/** Opens a backup as a store, which `dispose` closes. */
	openBackup(path: string): Promise<Store>;
};

/** For stores that write backup files. Others use their database's own tools. */
export function backupContract(name: string, open: OpenForTest<BackedUpStore>): void {
	storeTest(name, "M1 a backup that is made during appends is consistent", open, async (under) => {
		const { store, backupPath, openBackup } = under;
		await fill(store, "lobby", 3_000);
		let isDone = false;
		let acked = 3_000;
		const writing = (async () => {
			while (!isDone) {
				await store.append([text("lobby", String(acked + 1)), text("lobby", String(acked + 2))]);
				acked += 2;
			}
		})();
		const least = acked;
		await store.backup(backupPath).finally(() => (isDone = true));
		await writing;
		const log = await wholeLog(await openBackup(backupPath), "lobby");
		assert.ok(log.length >= least && log.length <= acked && log.length % 2 === 0, `${log.length} entries`);
		assert.deepEqual(
			log.map((entry) => entry.kind === "message" && entry.body),
			upTo(log.length).map(String),
		);
		assert.deepEqual(
			log.map(({ seq }) => seq),
			upTo(log.length),
		);
	});

	storeTest(name, "a backup never overwrites a file", open, async ({ store, backupPath, openBackup }) => {
		await fill(store, "lobby", 1);
		await store.backup(backupPath);
		await fill(store, "lobby", 1);
		await assert.rejects(store.backup(backupPath), /exists already/);
		assert.equal((await (await openBackup(backupPath)).open("lobby", 5)).seq, 1);
	});
}
