import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { Entry } from "../protocol/log.ts";
import { LogOfRooms, messageAt } from "../testing/log-of-rooms.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingBroadcast } from "../testing/recording-broadcast.ts";
import { RecordingCluster } from "../testing/recording-cluster.ts";
import { OpenRooms } from "./open-rooms.ts";

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);
const entriesAt = (...seqs: number[]) => seqs.map(messageAt);

function arrange() {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const cluster = new RecordingCluster();
	const store = new LogOfRooms();
	const metrics = { recovered: () => {} };
	const own = { settled: () => Promise.resolve() };
	const onError = (error: unknown) => assert.fail(String(error));
	const settled = () => own.settled();
	const rooms = new OpenRooms({ store, broadcast, cluster, clock, metrics, graceMs: 0, settled, onError });
	/** The `seq` of everything that the room was told. */
	const told = () =>
		broadcast.take().flatMap(({ payload }) => (payload as { entries: Entry[] }).entries.map(({ seq }) => seq));
	return { clock, broadcast, cluster, store, rooms, told, own };
}

/** Lets everything that waits for nothing else go on. */
async function settle(): Promise<void> {
	for (let turns = 0; turns < 10; turns++) await turn();
}

/** What is held until it is let go. */
function hold(store: LogOfRooms): () => void {
	const { promise, resolve } = Promise.withResolvers<void>();
	store.held = promise;
	return resolve;
}

describe("a room that other processes write to", () => {
	test("M5 entries that come in another order, or twice, are told once and in order", async () => {
		const { rooms, told } = arrange();
		await rooms.open("r");
		for (const seqs of [[2, 3], [5], [1], [1, 2], [4], [6]]) rooms.hear("r", entriesAt(...seqs));
		assert.deepEqual(told(), [1, 2, 3, 4, 5, 6]);
	});

	test("M5 a hole that nobody fills is filled from the store, after a moment", async () => {
		const { rooms, store, clock, told, broadcast } = arrange();
		await rooms.open("r");
		rooms.hear("r", store.commit("r", 3).slice(1));
		assert.deepEqual(told(), []);
		clock.advance(50);
		await settle();
		assert.deepEqual([told(), broadcast.disconnected], [[1, 2, 3], []]);
	});

	test("M5 a hole is filled before as many entries as may wait, and nobody's line is cut", async () => {
		const { rooms, store, clock, told, broadcast } = arrange();
		await rooms.open("r");
		rooms.hear("r", store.commit("r", 2_200).slice(1));
		clock.advance(50);
		await settle();
		clock.advance(50);
		await settle();
		rooms.hear("r", store.commit("r", 1));
		clock.advance(50);
		await settle();
		assert.deepEqual(broadcast.disconnected, []);
		assert.deepEqual(told(), upTo(2_201));
	});

	test("M5 news that comes while the hole is read cuts nobody's line", async () => {
		const { rooms, store, clock, told, broadcast } = arrange();
		await rooms.open("r");
		const entries = store.commit("r", 300);
		rooms.hear("r", entries.slice(250));
		const letGo = hold(store);
		clock.advance(50);
		rooms.hear("r", entries.slice(0, 150));
		letGo();
		await settle();
		assert.deepEqual([told(), broadcast.disconnected], [upTo(300), []]);
	});

	test("M5 late news of a log that is no more cuts nobody's line", async () => {
		const { rooms, store, clock, told, broadcast } = arrange();
		store.commit("r", 1);
		await rooms.open("r");
		rooms.hear("r", entriesAt(57));
		clock.advance(50);
		await settle();
		rooms.hear("r", store.commit("r", 1));
		assert.deepEqual([told(), broadcast.disconnected], [[2], []]);
		assert.equal(clock.pending, 0);
	});

	test("M5 who waits for what comes after a hole that is being read gets it", async () => {
		const { rooms, store, told } = arrange();
		await rooms.open("r");
		store.commit("r", 1);
		const letGo = hold(store);
		const first = rooms.heal("r", 1);
		store.commit("r", 1);
		const second = rooms.heal("r", 2);
		letGo();
		await Promise.all([first, second]);
		assert.deepEqual(told(), [1, 2]);
	});

	test("M4 what was committed here and is about to be answered is not told from the store before that", async () => {
		const { rooms, store, told, own } = arrange();
		await rooms.open("r");
		const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
		own.settled = () => answered;
		const entries = store.commit("r", 1);
		const healing = rooms.heal("r", 1);
		await settle();
		assert.deepEqual(told(), []);
		rooms.announce("r", entries);
		answer();
		await healing;
		assert.deepEqual(told(), [1]);
	});

	test("M5 what is said while a room is read is told once it is open", async () => {
		const { rooms, store, told } = arrange();
		store.commit("r", 2);
		const letGo = hold(store);
		const opening = rooms.open("r");
		await settle();
		rooms.hear("r", store.commit("r", 1));
		rooms.hear("r", entriesAt(2));
		letGo();
		assert.equal((await opening).tail.seq, 3);
		assert.deepEqual(told(), [3]);
	});

	test("R1 a room that is removed while it is being opened is read anew", async () => {
		for (const moment of ["read", "met"] as const) {
			const { rooms, store, cluster } = arrange();
			store.commit("r", 3);
			const { promise, resolve } = Promise.withResolvers<void>();
			if (moment === "read") store.held = promise;
			else cluster.fetchPeople = () => promise;
			const opening = rooms.open("r");
			await settle();
			store.remove("r");
			rooms.drop("r");
			resolve();
			const room = await opening;
			assert.deepEqual([room.tail.seq, rooms.get("r")], [0, room], moment);
			assert.deepEqual([...cluster.followed], ["r"], moment);
		}
	});

	test("R1 a room that can't be opened is followed no more, and can be opened later", async () => {
		const { rooms, store, cluster } = arrange();
		store.held = Promise.reject(new Error("away"));
		await assert.rejects(rooms.open("r"), /away/);
		assert.deepEqual([rooms.size, ...cluster.followed], [0]);
		store.held = Promise.resolve();
		await rooms.open("r");
		assert.deepEqual([rooms.size, ...cluster.followed], [1, "r"]);
	});
});
