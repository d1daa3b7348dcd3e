import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Entry } from "../../protocol/log.ts";
import { messageAt } from "../../testing/log-of-rooms.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { RoomBroadcaster } from "./broadcaster.ts";

/** A room of which it takes so long to tell everybody, as it did when it was told of entry 0. */
function arrange(tellingMs: number) {
	const clock = new ManualClock();
	const packets: number[][] = [];
	const room = { tellingMs };
	const broadcast = {
		toRoom(_room: string, _event: string, payload: object) {
			packets.push((payload as { entries: Entry[] }).entries.map(({ seq }) => seq));
			clock.advance(room.tellingMs);
		},
	};
	const news = new RoomBroadcaster({ room: "r", broadcast, clock });
	news.add([messageAt(0)]);
	clock.advance(1_000);
	packets.length = 0;
	return { clock, packets, news, room };
}

describe("the pace at which a room is told", () => {
	test("after a quiet moment an entry is told at once, and no timer is set", () => {
		const { clock, news, packets } = arrange(2);
		for (const seq of [1, 2, 3]) {
			news.add([messageAt(seq)]);
			assert.equal(clock.pending, 0);
			clock.advance(18);
		}
		assert.deepEqual(packets, [[1], [2], [3]]);
	});

	test("M5 what is said while it rests goes in one packet, in order, when it has rested nine times as long as it took", () => {
		const { clock, news, packets } = arrange(2);
		news.add([messageAt(1)]);
		for (const seq of [2, 3, 4]) {
			news.add([messageAt(seq)]);
			clock.advance(5);
		}
		assert.deepEqual(packets, [[1]]);
		clock.advance(3);
		assert.deepEqual(packets, [[1], [2, 3, 4]]);
		assert.equal(clock.pending, 0);
	});

	test("a room that took long once, because the machine was busy, does not rest the longer for it", () => {
		const { clock, news, packets, room } = arrange(1);
		room.tellingMs = 40;
		news.add([messageAt(1)]);
		room.tellingMs = 1;
		news.add([messageAt(2)]);
		clock.advance(9);
		assert.deepEqual(packets, [[1], [2]]);
		clock.advance(10);
		news.add([messageAt(3)]);
		assert.deepEqual(packets, [[1], [2], [3]]);
	});

	test("nobody waits longer than 50 ms, however large the room", () => {
		const { clock, news, packets } = arrange(60);
		news.add([messageAt(1)]);
		news.add([messageAt(2)]);
		clock.advance(49);
		assert.equal(packets.length, 1);
		clock.advance(1);
		assert.deepEqual(packets, [[1], [2]]);
	});

	test("what waits is told at once where that is asked for, and not again", () => {
		const { clock, news, packets } = arrange(2);
		for (const seq of [1, 2]) news.add([messageAt(seq)]);
		news.tell();
		news.tell();
		clock.advance(1_000);
		assert.deepEqual(packets, [[1], [2]]);
	});

	test("a packet has no more text than one commit may have", () => {
		const { clock, news, packets } = arrange(2);
		const long = (seq: number): Entry => ({ ...messageAt(seq), body: "x".repeat(100_000) }) as Entry;
		for (const seq of [1, 2, 3, 4]) news.add([long(seq)]);
		assert.deepEqual(packets, [[1], [2, 3]]);
		clock.advance(50);
		assert.deepEqual(packets, [[1], [2, 3], [4]]);
	});

	test("a room that is let go of tells nothing any more", () => {
		const { clock, news, packets } = arrange(2);
		for (const seq of [1, 2]) news.add([messageAt(seq)]);
		news.clear();
		clock.advance(1_000);
		assert.deepEqual([packets, clock.pending], [[[1]], 0]);
	});
});
