import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { makePrivate } from "./private-file.ts";
import type { ReaderCalls } from "./reader.ts";
import { StorageThread } from "./storage-thread.ts";

/**
 * Copies the database at `from` to a new file, through a connection of its own, while commits and reads continue.
 * The file gets its name when it is complete. Rejects with a sentence if the file exists.
 */
export async function backUp(from: string, to: string): Promise<void> {
	const path = resolve(to);
	const partial = `${path}.partial`;
	refuseExisting(path);
	try {
		await copy(from, partial);
		refuseExisting(path);
		await rename(partial, path);
	} catch (error) {
		await rm(partial, { force: true });
		throw error;
	}
}

async function copy(from: string, to: string): Promise<void> {
	await rm(to, { force: true });
	makePrivate(to);
	const thread = await StorageThread.start<ReaderCalls>({ role: "reader", path: from });
	try {
		await thread.call("backup", [to]);
	} finally {
		await thread.close();
	}
}

function refuseExisting(path: string): void {
	if (existsSync(path)) throw new Error(`${path} exists already. Name a new file for the backup.`);
}
