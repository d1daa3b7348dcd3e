import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../../../room/ports/store.ts";
import type { BackedUpStore } from "../../contract/backup.ts";
import { openStore } from "../../open.ts";

/** Returns an empty SQLite store in a folder of its own, for one test. */
export async function openTemporaryStore(): Promise<BackedUpStore & { databasePath: string }> {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-store-"));
	const databasePath = join(folder, "hubbub.db");
	const opened: Store[] = [];
	const open = async (path: string) => {
		const store = await openStore({ databasePath: path });
		opened.push(store);
		return store;
	};
	const store = await open(databasePath);
	return {
		store,
		databasePath,
		backupPath: join(folder, "backup.db"),
		openBackup: open,
		async reopen() {
			await Promise.all(opened.map((each) => each.close()));
			return open(databasePath);
		},
		async dispose() {
			await Promise.all(opened.map((each) => each.close()));
			await rm(folder, { recursive: true, force: true });
		},
	};
}
