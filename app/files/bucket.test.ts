import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { type FileStorage, FileStorageUnavailable } from "../room/ports/file-storage.ts";
import { BucketFileStorage } from "./bucket.ts";
import { fileStorageContract } from "./contract.ts";
import { startBucketServer } from "./testing/bucket-server.ts";

fileStorageContract("bucket", async () => {
	const server = await startBucketServer();
	return {
		storage: await BucketFileStorage.open(server.url),
		count: async () => server.contents.size,
		reopen: () => BucketFileStorage.open(server.url),
		dispose: async () => server.close(),
	};
});

async function* content() {
	yield randomBytes(10);
}

test("an address without a key or a bucket, with a wrong secret or another bucket is refused with a sentence", async (t) => {
	const server = await startBucketServer();
	t.after(server.close);
	const address = (change: (url: URL) => void) => {
		const url = new URL(server.url);
		change(url);
		return url.href;
	};
	for (const url of [address((u) => (u.username = "")), address((u) => (u.pathname = "/"))])
		await assert.rejects(BucketFileStorage.open(url), /^Error: FILES_URL must name a key, a secret and a bucket/);
	const wrong = address((u) => (u.password = "guess"));
	await assert.rejects(
		BucketFileStorage.open(wrong),
		/The bucket of FILES_URL can't be used: .*403 \(SignatureDoesNotMatch\)/,
	);
	const other = address((u) => (u.pathname = "/other"));
	await assert.rejects(BucketFileStorage.open(other), /The bucket of FILES_URL can't be used: there is no such bucket/);
});

test("while the bucket fails, contents are unavailable and not missing", async (t) => {
	const server = await startBucketServer();
	t.after(server.close);
	const storage: FileStorage = await BucketFileStorage.open(server.url);
	const id = randomBytes(16).toString("hex");
	await storage.put(id, content(), 10);
	server.failure = 503;
	for (const call of [
		() => storage.get(id),
		() => storage.has(id),
		() => storage.remove(id),
		() => storage.put(id, content(), 10),
	])
		await assert.rejects(call, FileStorageUnavailable);
	server.failure = undefined;
	assert.equal(await storage.has(id), true);
});
