import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Entry } from "../../protocol/log.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { messageAt } from "../../testing/memory-store.ts";
import { RoomBroadcaster } from "./broadcaster.ts";

/** A room whose broadcasts take `tookMs`, as the one of entry 0 did. */
function setUp(tookMs: number) {
	const clock = new ManualClock();
	const packets: number[][] = [];
	const room = { tookMs };
	const broadcast = {
		toRoom(_room: string, _event: string, payload: object) {
			packets.push((payload as { entries: Entry[] }).entries.map(({ seq }) => seq));
			clock.advance(room.tookMs);
		},
	};
	const broadcaster = new RoomBroadcaster({ room: "r", broadcast, clock });
	broadcaster.add([messageAt(0)]);
	clock.advance(1_000);
	packets.length = 0;
	return { clock, packets, broadcaster, room };
}

describe("the broadcasts of a room", () => {
	test("an entry after the pause is broadcast at once, without a timer", () => {
		const { clock, broadcaster, packets } = setUp(2);
		for (const seq of [1, 2, 3]) {
			broadcaster.add([messageAt(seq)]);
			assert.equal(clock.pending, 0);
			clock.advance(18);
		}
		assert.deepEqual(packets, [[1], [2], [3]]);
	});

	test("M5 entries during the pause, twice the duration of a broadcast, are one packet, in order", () => {
		const { clock, broadcaster, packets } = setUp(2);
		broadcaster.add([messageAt(1)]);
		for (const seq of [2, 3, 4]) {
			broadcaster.add([messageAt(seq)]);
			clock.advance(1);
		}
		assert.deepEqual(packets, [[1]]);
		clock.advance(1);
		assert.deepEqual(packets, [[1], [2, 3, 4]]);
		assert.equal(clock.pending, 0);
	});

	test("one slow broadcast does not lengthen the pause", () => {
		const { clock, broadcaster, packets, room } = setUp(1);
		room.tookMs = 40;
		broadcaster.add([messageAt(1)]);
		room.tookMs = 1;
		broadcaster.add([messageAt(2)]);
		clock.advance(9);
		assert.deepEqual(packets, [[1], [2]]);
		clock.advance(10);
		broadcaster.add([messageAt(3)]);
		assert.deepEqual(packets, [[1], [2], [3]]);
	});

	test("no entry waits longer than 20 ms, however large the room", () => {
		const { clock, broadcaster, packets } = setUp(60);
		broadcaster.add([messageAt(1)]);
		broadcaster.add([messageAt(2)]);
		clock.advance(19);
		assert.equal(packets.length, 1);
		clock.advance(1);
		assert.deepEqual(packets, [[1], [2]]);
	});

	test("flush() broadcasts the waiting entries at once, and only once", () => {
		const { clock, broadcaster, packets } = setUp(2);
		for (const seq of [1, 2]) broadcaster.add([messageAt(seq)]);
		broadcaster.flush();
		broadcaster.flush();
		clock.advance(1_000);
		assert.deepEqual(packets, [[1], [2]]);
	});

	test("the text of a packet is bounded", () => {
		const { clock, broadcaster, packets } = setUp(2);
		const long = (seq: number): Entry => ({ ...messageAt(seq), body: "x".repeat(100_000) }) as Entry;
		for (const seq of [1, 2, 3, 4]) broadcaster.add([long(seq)]);
		assert.deepEqual(packets, [[1], [2, 3]]);
		clock.advance(50);
		assert.deepEqual(packets, [[1], [2, 3], [4]]);
	});

	test("after clear() nothing is broadcast", () => {
		const { clock, broadcaster, packets } = setUp(2);
		for (const seq of [1, 2]) broadcaster.add([messageAt(seq)]);
		broadcaster.clear();
		clock.advance(1_000);
		assert.deepEqual([packets, clock.pending], [[[1]], 0]);
	});
});
