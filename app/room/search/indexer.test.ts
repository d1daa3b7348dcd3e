import assert from "node:assert/strict";
import { test } from "node:test";
import { flushPromises } from "../../testing/domain.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { Indexer } from "./indexer.ts";

/** An indexer on a store with entries that are not indexed. A step indexes ten of them. */
function setUp(entries: number) {
	const clock = new ManualClock();
	const log = { left: entries, steps: 0, indexed: 0, failure: undefined as Error | undefined };
	const errors: unknown[] = [];
	const searchIndex = {
		async indexStep() {
			log.steps++;
			if (log.failure) throw log.failure;
			const indexed = Math.min(10, log.left);
			log.left -= indexed;
			return { indexed, more: indexed === 10 };
		},
	};
	const metrics = {
		indexed(entries: number) {
			log.indexed += entries;
		},
	};
	const onError = (error: unknown) => errors.push(error);
	const indexer = new Indexer({ searchIndex, isStoreShared: true, clock, metrics, onError });
	const wait = async (ms: number) => {
		clock.advance(ms);
		await flushPromises();
	};
	return { indexer, log, errors, wait };
}

test("Q2 what was left is indexed after the start, and what is committed a moment later", async () => {
	const { indexer, log, wait } = setUp(25);
	indexer.start();
	await wait(9_999);
	assert.equal(log.steps, 0);
	await wait(1);
	assert.deepEqual(log, { left: 0, steps: 3, indexed: 25, failure: undefined });
	log.left = 3;
	indexer.committed();
	indexer.committed();
	await wait(1_000);
	assert.deepEqual([log.left, log.steps], [0, 4], "several commits are one step");
	await indexer.stop();
	await wait(60_000);
	assert.equal(log.steps, 4);
});

test("Q2 a search waits for one step at most", async () => {
	const { indexer, log, wait } = setUp(35);
	indexer.start();
	await indexer.catchUp();
	assert.deepEqual([log.left, log.steps], [25, 1]);
	await wait(1_000);
	assert.equal(log.left, 0);
	await indexer.catchUp();
	assert.equal(log.steps, 4, "nothing is left");
	await indexer.stop();
});

test("Q2 a step that fails is repeated", async () => {
	const { indexer, log, errors, wait } = setUp(5);
	log.failure = new Error("no disk");
	indexer.start();
	await wait(10_000);
	assert.equal(errors.length, 1);
	log.failure = undefined;
	await wait(10_000);
	assert.equal(log.left, 0);
	await indexer.stop();
});
