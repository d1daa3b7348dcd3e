import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Entry } from "../protocol/log.ts";
import { flushPromises } from "../testing/domain.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { MemoryStore, messageAt } from "../testing/memory-store.ts";
import { RecordingBroadcast } from "../testing/recording-broadcast.ts";
import { RecordingCluster } from "../testing/recording-cluster.ts";
import { OpenRooms } from "./open-rooms.ts";

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);
const entriesAt = (...seqs: number[]) => seqs.map(messageAt);

function setUp() {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const cluster = new RecordingCluster();
	const store = new MemoryStore();
	const metrics = { recovered: () => {} };
	const own = { settled: () => Promise.resolve() };
	const onError = (error: unknown) => assert.fail(String(error));
	const settled = () => own.settled();
	const ports = { store, broadcast, cluster, clock, metrics, onMemberRemoved: () => {} };
	const rooms = new OpenRooms({ ...ports, graceMs: 0, settled, onError });
	/** The `seq` of every entry that was broadcast since the last call. */
	const sent = () =>
		broadcast.take().flatMap(({ payload }) => (payload as { entries: Entry[] }).entries.map(({ seq }) => seq));
	return { clock, broadcast, cluster, store, rooms, sent, own };
}

/** Holds the store's results back until the returned function is called. */
function hold(store: MemoryStore): () => void {
	const { promise, resolve } = Promise.withResolvers<void>();
	store.held = promise;
	return resolve;
}

describe("an open room", () => {
	test("M5 entries that arrive out of order, or twice, are broadcast once and in order", async () => {
		const { rooms, sent } = setUp();
		await rooms.open("r");
		for (const seqs of [[2, 3], [5], [1], [1, 2], [4], [6]]) rooms.receive("r", entriesAt(...seqs));
		assert.deepEqual(sent(), [1, 2, 3, 4, 5, 6]);
	});

	test("M5 a gap is filled from the store after 50 ms", async () => {
		const { rooms, store, clock, sent, broadcast } = setUp();
		await rooms.open("r");
		rooms.receive("r", store.commit("r", 3).slice(1));
		assert.deepEqual(sent(), []);
		clock.advance(50);
		await flushPromises();
		assert.deepEqual([sent(), broadcast.disconnected], [[1, 2, 3], []]);
	});

	test("M5 a gap before more entries than the buffer holds is filled, and nobody is disconnected", async () => {
		const { rooms, store, clock, sent, broadcast } = setUp();
		await rooms.open("r");
		rooms.receive("r", store.commit("r", 2_200).slice(1));
		clock.advance(50);
		await flushPromises();
		clock.advance(50);
		await flushPromises();
		rooms.receive("r", store.commit("r", 1));
		clock.advance(50);
		await flushPromises();
		assert.deepEqual(broadcast.disconnected, []);
		assert.deepEqual(sent(), upTo(2_201));
	});

	test("M5 entries that arrive while the gap is read disconnect nobody", async () => {
		const { rooms, store, clock, sent, broadcast } = setUp();
		await rooms.open("r");
		const entries = store.commit("r", 300);
		rooms.receive("r", entries.slice(250));
		const release = hold(store);
		clock.advance(50);
		rooms.receive("r", entries.slice(0, 150));
		release();
		await flushPromises();
		assert.deepEqual([sent(), broadcast.disconnected], [upTo(300), []]);
	});

	test("M5 late entries of a removed log disconnect nobody", async () => {
		const { rooms, store, clock, sent, broadcast } = setUp();
		store.commit("r", 1);
		await rooms.open("r");
		rooms.receive("r", entriesAt(57));
		clock.advance(50);
		await flushPromises();
		rooms.receive("r", store.commit("r", 1));
		assert.deepEqual([sent(), broadcast.disconnected], [[2], []]);
		assert.equal(clock.pending, 0);
	});

	test("M5 a recovery to a later entry, while one is in progress, reaches it", async () => {
		const { rooms, store, sent } = setUp();
		await rooms.open("r");
		store.commit("r", 1);
		const release = hold(store);
		const first = rooms.recover("r", 1);
		store.commit("r", 1);
		const second = rooms.recover("r", 2);
		release();
		await Promise.all([first, second]);
		assert.deepEqual(sent(), [1, 2]);
	});

	test("M4 a recovered entry that this process committed is not broadcast before its ack", async () => {
		const { rooms, store, sent, own } = setUp();
		await rooms.open("r");
		const { promise: acked, resolve: ack } = Promise.withResolvers<void>();
		own.settled = () => acked;
		const entries = store.commit("r", 1);
		const recovery = rooms.recover("r", 1);
		await flushPromises();
		assert.deepEqual(sent(), []);
		rooms.receive("r", entries);
		ack();
		await recovery;
		assert.deepEqual(sent(), [1]);
	});

	test("M5 entries that are committed while a room is opened are broadcast once it is open", async () => {
		const { rooms, store, sent } = setUp();
		store.commit("r", 2);
		const release = hold(store);
		const opening = rooms.open("r");
		await flushPromises();
		rooms.receive("r", store.commit("r", 1));
		rooms.receive("r", entriesAt(2));
		release();
		assert.equal((await opening)!.log.tail.seq, 3);
		assert.deepEqual(sent(), [3]);
	});

	test("R1 a room that is removed while it is opened is read again", async () => {
		for (const moment of ["read", "people fetched"] as const) {
			const { rooms, store, cluster } = setUp();
			store.commit("r", 3);
			const { promise, resolve } = Promise.withResolvers<void>();
			if (moment === "read") store.held = promise;
			else cluster.fetchPeople = () => promise;
			const opening = rooms.open("r");
			await flushPromises();
			store.remove("r");
			rooms.drop("r");
			resolve();
			const room = (await opening)!;
			assert.deepEqual([room.log.tail.seq, rooms.get("r")], [0, room], moment);
			assert.deepEqual([...cluster.followed], ["r"], moment);
		}
	});

	test("R1 a room that can't be opened is unfollowed, and can be opened later", async () => {
		const { rooms, store, cluster } = setUp();
		store.held = Promise.reject(new Error("away"));
		await assert.rejects(rooms.open("r"), /away/);
		assert.deepEqual([rooms.size, ...cluster.followed], [0]);
		store.held = Promise.resolve();
		await rooms.open("r");
		assert.deepEqual([rooms.size, ...cluster.followed], [1, "r"]);
	});
});
