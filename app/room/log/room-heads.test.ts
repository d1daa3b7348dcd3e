import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { ManualClock } from "../../testing/manual-clock.ts";
import { MemoryStore } from "../../testing/memory-store.ts";
import { RecordingBroadcast } from "../../testing/recording-broadcast.ts";
import { RecordingCluster } from "../../testing/recording-cluster.ts";
import { OpenRooms } from "../open-rooms.ts";
import { Reconciler } from "../reconciler.ts";
import { RoomHeads } from "./room-heads.ts";

function setUp(isConnected = true) {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const store = new MemoryStore();
	const errors: unknown[] = [];
	const shared = { store, clock, onError: (error: unknown) => errors.push(error) };
	const metrics = { recovered: () => {} };
	const settled = () => Promise.resolve();
	const cluster = new RecordingCluster();
	const rooms = new OpenRooms({
		...shared,
		broadcast,
		cluster,
		metrics,
		graceMs: 0,
		settled,
		onMemberRemoved: () => {},
	});
	const heads = new RoomHeads({ ...shared, rooms, cluster: { isConnected } });
	const reconciler = new Reconciler({ ...shared, sources: [heads] });
	return { clock, broadcast, store, rooms, heads, reconciler, errors };
}

async function pass(clock: ManualClock, ms: number): Promise<void> {
	clock.advance(ms);
	for (let turns = 0; turns < 10; turns++) await turn();
}

describe("the heads of the open rooms", () => {
	for (const [isConnected, ms, how] of [
		[true, 5_000, "five seconds"],
		[false, 2_000, "two seconds while the cluster is unreachable"],
	] as const)
		test(`M5 an entry whose message was lost is found within ${how}, repeatedly, until the reconciler stops`, async () => {
			const { clock, store, rooms, reconciler } = setUp(isConnected);
			const room = (await rooms.open("r"))!;
			reconciler.start();
			for (const head of [1, 2]) {
				store.commit("r", 1);
				await pass(clock, ms - 1);
				assert.equal(room.log.tail.seq, head - 1);
				await pass(clock, 1);
				assert.equal(room.log.tail.seq, head);
			}
			reconciler.stop();
			store.commit("r", 1);
			await pass(clock, 60_000);
			assert.deepEqual([room.log.tail.seq, clock.pending], [2, 0]);
		});

	test("a room of which the store has lost the newest entries starts over under a new epoch", async () => {
		const { store, rooms, heads, broadcast } = setUp();
		for (const name of ["lost", "same"]) {
			store.commit(name, 10);
			await rooms.open(name);
		}
		const { epoch } = rooms.get("lost")!.log.tail;
		store.lose("lost", 5);
		await heads.reconcile();
		assert.deepEqual(broadcast.disconnected, ["room lost: room_removed"]);
		const again = (await rooms.open("lost"))!;
		assert.notEqual(again.log.tail.epoch, epoch);
		assert.equal(again.log.tail.seq, 5);
		assert.ok(again.log.tail.isGap({ epoch, seq: 3 }), "no cursor of the former log is trusted");
	});

	test("an entry with the number of a lost one starts its room over at once; a late one of a removed log does not", async () => {
		const { store, rooms, broadcast } = setUp();
		store.commit("r", 10);
		const { epoch } = (await rooms.open("r"))!.log.tail;
		const receive = async (createdAt: number) => {
			rooms.receive("r", [{ kind: "removal", seq: 6, target: 1, createdAt }]);
			for (let turns = 0; turns < 10; turns++) await turn();
		};
		await receive(99);
		assert.deepEqual(broadcast.disconnected, []);
		store.lose("r", 5);
		store.commit("r", 1, 99);
		await receive(99);
		assert.deepEqual(broadcast.disconnected, ["room r: room_removed"]);
		assert.notEqual((await rooms.open("r"))!.log.tail.epoch, epoch);
	});

	test("R1 a room that was removed, and one that was created again, is dropped; the others are not", async () => {
		const { store, rooms, heads, broadcast } = setUp();
		for (const name of ["gone", "another", "same"]) await rooms.open(name);
		for (const name of ["gone", "another"]) store.remove(name);
		store.commit("another", 1);
		await heads.reconcile();
		assert.deepEqual(broadcast.disconnected.sort(), ["room another: room_removed", "room gone: room_removed"]);
	});

	test("R1 a room that is opened again during the read is left alone", async () => {
		const { store, rooms, heads, broadcast } = setUp();
		await rooms.open("r");
		const { promise, resolve } = Promise.withResolvers<void>();
		store.held = promise;
		const reconciling = heads.reconcile();
		store.held = Promise.resolve();
		store.remove("r");
		rooms.drop("r");
		const room = (await rooms.open("r"))!;
		broadcast.disconnected.length = 0;
		resolve();
		await reconciling;
		assert.deepEqual([rooms.get("r"), broadcast.disconnected], [room, []]);
	});

	test("M5 a room that can't be recovered does not prevent the recovery of the others", async () => {
		const { store, rooms, heads, errors } = setUp();
		const broken = (await rooms.open("broken"))!;
		const whole = (await rooms.open("whole"))!;
		for (const name of ["broken", "whole"]) store.commit(name, 1);
		const read = store.since.bind(store);
		store.since = async (room, after, limit) => {
			if (room === "broken") throw new Error("a damaged row");
			return read(room, after, limit);
		};
		await heads.reconcile();
		assert.deepEqual([broken.log.tail.seq, whole.log.tail.seq, errors.length], [0, 1, 1]);
	});

	test("a failed read is logged, and tried again", async () => {
		const { clock, store, rooms, reconciler, errors } = setUp();
		const room = (await rooms.open("r"))!;
		store.commit("r", 1);
		reconciler.start();
		store.held = Promise.reject(new Error("away"));
		await pass(clock, 5_000);
		assert.deepEqual([room.log.tail.seq, errors.length], [0, 1]);
		store.held = Promise.resolve();
		await pass(clock, 5_000);
		assert.equal(room.log.tail.seq, 1);
	});
});
