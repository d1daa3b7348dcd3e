/** The suite that every storage of files passes. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { FileStorage } from "../room/ports/file-storage.ts";

/** A storage for one test. */
export type FileStorageUnderTest = {
	storage: FileStorage;
	/** Returns the number of contents that exist, complete or not, by other means than the storage. */
	count(): Promise<number>;
	/** Opens the same contents again. */
	reopen(): Promise<FileStorage>;
	dispose(): Promise<void>;
};

const MAX_BYTES = 1_000_000;
const newId = () => randomBytes(16).toString("hex");

async function* chunked(bytes: Uint8Array, length = 10_000): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function read(storage: FileStorage, id: string, range?: { start: number; end: number }) {
	const stream = await storage.get(id, range);
	return stream && Buffer.from(await new Response(stream).arrayBuffer());
}

async function idsIn(storage: FileStorage, before: number): Promise<string[]> {
	const ids: string[] = [];
	for await (const page of storage.list(before)) ids.push(...page);
	return ids.sort();
}

/** Registers the suite. `open` returns an empty storage for each test. */
export function fileStorageContract(name: string, open: () => Promise<FileStorageUnderTest>): void {
	const storageTest = (title: string, run: (under: FileStorageUnderTest) => Promise<void>) =>
		test(`${title} (${name})`, async () => {
			const under = await open();
			try {
				await run(under);
			} finally {
				await under.dispose();
			}
		});

	storageTest("a content is read as it was stored, whole and in parts", async ({ storage, reopen }) => {
		const [id, bytes] = [newId(), randomBytes(250_000)];
		await storage.put(id, chunked(bytes), MAX_BYTES);
		const reopened = await reopen();
		assert.deepEqual(await read(reopened, id), bytes);
		for (const [start, end] of [
			[0, 0],
			[0, 249_999],
			[1, 100_000],
			[249_999, 249_999],
		] as const)
			assert.deepEqual(await read(reopened, id, { start, end }), bytes.subarray(start, end + 1), `${start}-${end}`);
		assert.deepEqual([await reopened.has(id), await reopened.has(newId())], [true, false]);
		assert.equal(await reopened.get(newId()), undefined);
	});

	storageTest("a reader that stops early harms nothing", async ({ storage }) => {
		const [id, bytes] = [newId(), randomBytes(900_000)];
		await storage.put(id, chunked(bytes), MAX_BYTES);
		const reader = (await storage.get(id))!.getReader();
		await reader.read();
		await reader.cancel();
		assert.deepEqual(await read(storage, id), bytes);
	});

	storageTest("a removed content is gone, and removing it again succeeds", async ({ storage, count }) => {
		const ids = [newId(), newId()] as const;
		for (const id of ids) await storage.put(id, chunked(randomBytes(9)), MAX_BYTES);
		await storage.remove(ids[0]);
		await storage.remove(ids[0]);
		assert.deepEqual([await storage.has(ids[0]), await storage.has(ids[1]), await count()], [false, true, 1]);
		assert.equal(await storage.get(ids[0]), undefined);
	});

	storageTest("a content that breaks off leaves nothing, and its error is the caller's", async ({ storage, count }) => {
		async function* broken() {
			yield randomBytes(100_000);
			await pause(5);
			throw new RangeError("broke off");
		}
		const id = newId();
		await assert.rejects(storage.put(id, broken(), MAX_BYTES), RangeError);
		assert.deepEqual([await storage.has(id), await count()], [false, 0]);
	});

	storageTest("contents are listed once they are older than a time", async ({ storage }) => {
		const ids = Array.from({ length: 7 }, newId);
		await Promise.all(ids.map((id) => storage.put(id, chunked(randomBytes(50)), MAX_BYTES)));
		assert.deepEqual(await idsIn(storage, Date.now() + 5_000), ids.toSorted());
		assert.deepEqual(await idsIn(storage, Date.now() - 5_000), []);
		await storage.removePartial(Date.now() + 5_000);
		assert.equal((await idsIn(storage, Date.now() + 5_000)).length, 7);
	});

	storageTest("an id of another form is a bug, and no path", async ({ storage }) => {
		for (const id of ["../../../etc/passwd", "", "A".repeat(32), `${newId()}/x`])
			await assert.rejects(storage.put(id, chunked(randomBytes(1)), MAX_BYTES), /not the id of a file/);
	});
}
