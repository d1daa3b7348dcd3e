import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import type { Worker } from "node:worker_threads";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { text, upTo, wholeLog } from "../contract/fixture.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

/** Opens a store. Returns its writer thread and its reader thread as well. */
async function openWithThreads() {
	return threadsOf(async () => {
		const opened = await openTemporaryStore();
		await opened.store.rooms(1); // starts the reader thread
		return opened;
	});
}

/** Returns the threads that were started while `run` ran, in their order. */
async function threadsOf<T>(run: () => Promise<T>): Promise<{ result: T; threads: Worker[] }> {
	const threads: Worker[] = [];
	const note = (worker: Worker) => threads.push(worker);
	process.on("worker", note);
	try {
		return { result: await run(), threads };
	} finally {
		process.off("worker", note);
	}
}

/** Repeats a call until the store is available. */
async function untilAvailable<T>(call: () => Promise<T>): Promise<T> {
	for (;;) {
		try {
			return await call();
		} catch (error) {
			if (!(error instanceof StoreUnavailable)) throw error;
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}
}

test("M1 when the writer thread dies, waiting calls are refused, reads continue, and writes recover", async () => {
	const { result, threads } = await openWithThreads();
	const { store, dispose } = result;
	try {
		await store.append([text("lobby", "before")]);
		const batches = upTo(200).map((number) => upTo(50).map((item) => text("lobby", `${number} ${item}`)));
		const results = Promise.allSettled(batches.map((batch) => store.append(batch)));
		await threads[0]!.terminate();
		const refused = (await results).filter((result) => result.status === "rejected");
		assert.ok(refused.length > 0);
		for (const { reason } of refused) assert.ok(reason instanceof StoreUnavailable, String(reason));
		assert.equal((await store.history("lobby", { limit: 1 })).messages.length, 1);

		// A refused batch may have been committed. Sent again (rule M2), every message is stored once.
		await untilAvailable(() => store.append(batches[0]!));
		for (const batch of batches.slice(1)) await store.append(batch);
		const bodies = (await wholeLog(store, "lobby")).map((entry) => entry.kind === "message" && entry.body);
		assert.equal(bodies.length, 10_001);
		assert.equal(new Set(bodies).size, 10_001);
	} finally {
		await dispose();
	}
});

test("when the reader thread dies, commits continue and reads recover", async () => {
	const { result, threads } = await openWithThreads();
	const { store, dispose } = result;
	try {
		const died = once(threads[1]!, "exit");
		await threads[1]!.terminate();
		await died;
		await store.append([text("lobby", "meanwhile")]);
		const log = await untilAvailable(() => store.open("lobby", 5));
		assert.equal(log.seq, 1);
	} finally {
		await dispose();
	}
});

test("a store whose threads have died can be closed", async () => {
	const { result, threads } = await openWithThreads();
	await Promise.all(threads.map((thread) => thread.terminate()));
	await result.store.close();
	await assert.rejects(result.store.rooms(1), StoreUnavailable);
	await result.dispose();
});

test("calls beyond a thread's maximum of waiting calls are refused at once", async () => {
	const { store, dispose } = await openTemporaryStore();
	try {
		const opens = await Promise.allSettled(upTo(6_000).map(() => store.open("lobby", 0)));
		const refused = opens.filter((open) => open.status === "rejected");
		assert.ok(refused.length > 0 && refused.length < 6_000, `${refused.length} refused`);
		for (const { reason } of refused) assert.ok(reason instanceof StoreUnavailable, String(reason));
		await store.ping();
	} finally {
		await dispose();
	}
});
