import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { FileStorageUnavailable } from "../room/ports/file-storage.ts";
import { fileStorageContract } from "./contract.ts";
import { FolderFileStorage } from "./folder.ts";

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

fileStorageContract("folder", async () => {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-files-"));
	return {
		storage: await FolderFileStorage.open(folder),
		count: async () => (await filesIn(folder)).length,
		reopen: () => FolderFileStorage.open(folder),
		dispose: () => rm(folder, { recursive: true, force: true }),
	};
});

test("an upload is refused before it is read when the disk is nearly full", async (t) => {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-files-"));
	t.after(() => rm(folder, { recursive: true, force: true }));
	const storage = await FolderFileStorage.open(folder, Number.MAX_SAFE_INTEGER);
	let isRead = false;
	async function* content() {
		isRead = true;
		yield randomBytes(1);
	}
	await assert.rejects(storage.put(randomBytes(16).toString("hex"), content(), 1), FileStorageUnavailable);
	assert.deepEqual([isRead, await filesIn(folder)], [false, []]);
});

test("what a killed process left of uploads is removed when it is old", async (t) => {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-files-"));
	t.after(() => rm(folder, { recursive: true, force: true }));
	const storage = await FolderFileStorage.open(folder);
	for (const name of ["old", "young"]) await writeFile(join(folder, "partial", name), "x");
	await utimes(join(folder, "partial", "old"), 1_000, 1_000);
	await storage.removePartial(Date.now() - 60_000);
	assert.deepEqual(await filesIn(folder), ["young"]);
});

test("a folder that can't be written is refused with a sentence", async (t) => {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-files-"));
	t.after(() => rm(folder, { recursive: true, force: true }));
	await writeFile(join(folder, "file"), "x");
	await assert.rejects(
		FolderFileStorage.open(join(folder, "file")),
		/The folder of files .*file can't be written.*FILES_PATH/,
	);
});
