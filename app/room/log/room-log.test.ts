import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Entry } from "../../protocol/log.ts";
import { flushPromises } from "../../testing/domain.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { MemoryStore, messageAt } from "../../testing/memory-store.ts";
import { RoomLog } from "./room-log.ts";

/** The log of room "r", of which the store has `stored` entries when it is opened. */
async function setUp(stored = 0) {
	const clock = new ManualClock();
	const store = new MemoryStore();
	store.commit("r", stored);
	const packets: number[][] = [];
	const recovered: number[] = [];
	const errors: string[] = [];
	const state = { isLost: false };
	const deps = {
		room: "r",
		store,
		clock,
		broadcast: {
			toRoom: (_room: string, _event: string, payload: object) =>
				void packets.push((payload as { entries: Entry[] }).entries.map(({ seq }) => seq)),
		},
		metrics: { recovered: (count: number) => void recovered.push(count) },
		settled: () => Promise.resolve(),
		onAccess: () => {},
		onLost: () => {
			state.isLost = true;
		},
		onDiverged: () => assert.fail("the store has the same entries"),
		onError: (error: unknown, during: string) => void errors.push(`${during}: ${(error as Error).message}`),
	};
	const log = new RoomLog(deps, await store.open("r", 128));
	return { clock, store, packets, recovered, errors, state, log };
}
const entriesAt = (...seqs: number[]) => seqs.map(messageAt);

describe("the log of an open room", () => {
	test("M5 consecutive entries are one packet, at once; duplicates are none", async () => {
		const { clock, packets, log } = await setUp(2);
		log.receive(entriesAt(3, 4));
		log.receive(entriesAt(3, 4));
		log.receive(entriesAt(1));
		assert.deepEqual([packets, log.tail.seq, clock.pending], [[[3, 4]], 4, 0]);
	});

	test("M5 early entries wait for their predecessors, and the gap timer does nothing once they came", async () => {
		const { clock, store, packets, log } = await setUp();
		log.receive(entriesAt(2, 3));
		log.receive(entriesAt(5));
		assert.deepEqual([packets, clock.pending], [[], 1]);
		log.receive(entriesAt(1));
		log.receive(entriesAt(4));
		clock.advance(50);
		await flushPromises();
		assert.deepEqual([packets.flat(), store.calls.since, clock.pending], [[1, 2, 3, 4, 5], 0, 0]);
	});

	test("M5 a gap is read from the store 50 ms after an early entry, and counted", async () => {
		const { clock, store, packets, recovered, log } = await setUp();
		store.commit("r", 3);
		log.receive(entriesAt(3));
		clock.advance(49);
		await flushPromises();
		assert.equal(store.calls.since, 0);
		clock.advance(1);
		await flushPromises();
		assert.deepEqual([packets.flat(), recovered], [[1, 2, 3], [3]]);
	});

	test("M5 a long gap is read in pages and broadcast in packets of 100 entries", async () => {
		const { store, packets, log } = await setUp();
		store.commit("r", 250);
		await log.recover(250);
		assert.deepEqual(
			packets.map(({ length }) => length),
			[100, 100, 50],
		);
	});

	test("M5 the log is lost where the store has another one", async () => {
		const { store, packets, state, log } = await setUp(3);
		store.remove("r");
		store.commit("r", 9);
		await log.recover(9);
		assert.deepEqual([packets, state.isLost], [[], true]);
	});

	test("M5 the log is lost where retention removed the missing entries", async () => {
		const { store, state, log } = await setUp(3);
		store.commit("r", 6);
		await store.prune(6);
		await log.recover(9);
		assert.equal(state.isLost, true);
	});

	test("M5 the log is lost where it is more than 50 pages behind", async () => {
		const { store, state, log } = await setUp();
		store.commit("r", 5_001);
		await log.recover(5_001);
		assert.deepEqual([log.tail.seq, store.calls.since, state.isLost], [5_000, 50, true]);
	});

	test("M5 a gap that can't be read stays, is reported, and is filled later", async () => {
		const { clock, store, packets, errors, state, log } = await setUp();
		store.held = Promise.reject(new Error("away"));
		store.commit("r", 2);
		log.receive(entriesAt(2));
		clock.advance(50);
		await flushPromises();
		assert.deepEqual([packets, errors, state.isLost], [[], ["filling a gap: away"], false]);
		store.held = Promise.resolve();
		await log.recover(2);
		assert.deepEqual(packets.flat(), [1, 2]);
	});

	test("R1 a closed log broadcasts nothing more, also when a recovery was under way", async () => {
		const { clock, store, packets, state, log } = await setUp();
		store.commit("r", 2);
		const release = Promise.withResolvers<void>();
		store.held = release.promise;
		const recovery = log.recover(2);
		log.receive(entriesAt(4));
		log.close();
		release.resolve();
		await recovery;
		await log.recover(2);
		assert.deepEqual([packets, state.isLost, clock.pending, store.calls.since], [[], false, 0, 1]);
	});
});
