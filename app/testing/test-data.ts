import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { createSharedData, type SharedData } from "./shared-servers.ts";

/** The data of one chat of a test. Servers with the same data run one after the other, or are one chat. */
export type TestData = {
	folder: string;
	/** The environment variables with which a server uses it. */
	env: Record<string, string>;
	/** Registers a server that uses it. The end of the test stops the server before the data is removed. */
	usedBy(stop: () => Promise<void>): void;
};

/** With shared servers, the databases per data folder. */
const sharedIn = new Map<string, Promise<SharedData>>();
/** Functions that stop the servers of a data folder. */
const stopsIn = new Map<string, (() => Promise<void>)[]>();

/** Returns new, empty data, or that of an earlier server. New data is removed at the end of the test. */
export async function testData(t: TestContext, folderOfAnother?: string): Promise<TestData> {
	const folder = folderOfAnother ?? (await mkdtemp(join(tmpdir(), "hubbub-")));
	const sharing = sharedIn.get(folder) ?? createSharedData();
	sharedIn.set(folder, sharing);
	const shared = await sharing;
	function usedBy(stop: () => Promise<void>): void {
		stopsIn.set(folder, [...(stopsIn.get(folder) ?? []), stop]);
		t.after(async () => {
			await stop();
			if (folderOfAnother !== undefined) return;
			// Another server may still use the data.
			for (const stopAnother of stopsIn.get(folder) ?? []) await stopAnother();
			stopsIn.delete(folder);
			sharedIn.delete(folder);
			await shared.release();
			await rm(folder, { recursive: true, force: true });
		});
	}
	return {
		folder,
		env: { DATABASE_PATH: join(folder, "hubbub.db"), FILES_PATH: join(folder, "files"), ...shared.env },
		usedBy,
	};
}
