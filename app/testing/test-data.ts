import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { createSharedData } from "./shared-servers.ts";

/** What one chat of a test keeps: servers that are started on the same data are one after the other, or one chat. */
export type TestData = {
	folder: string;
	/** The variables by which a server finds it. */
	env: Record<string, string>;
	/** Tells how to stop a server that uses it. */
	usedBy(stop: () => Promise<void>): void;
};

/** A SQLite file, or where the run has servers to share, a database in PostgreSQL and one in Redis. */
const envIn = new Map<string, Promise<Record<string, string>>>();
/** How to stop every server that was started on a data folder. */
const stopsIn = new Map<string, (() => Promise<void>)[]>();

/** New and empty, unless it is an earlier server's; what is new is removed at the test's end. */
export async function testData(t: TestContext, folderOfAnother?: string): Promise<TestData> {
	const folder = folderOfAnother ?? (await mkdtemp(join(tmpdir(), "hubbub-")));
	const env = envIn.get(folder) ?? createSharedData();
	envIn.set(folder, env);
	function usedBy(stop: () => Promise<void>): void {
		stopsIn.set(folder, [...(stopsIn.get(folder) ?? []), stop]);
		t.after(async () => {
			await stop();
			if (folderOfAnother !== undefined) return;
			// A server that was started on this one's data may outlive it.
			for (const stopAnother of stopsIn.get(folder) ?? []) await stopAnother();
			stopsIn.delete(folder);
			envIn.delete(folder);
			await rm(folder, { recursive: true, force: true });
		});
	}
	return { folder, env: { DATABASE_PATH: join(folder, "hubbub.db"), ...(await env) }, usedBy };
}
