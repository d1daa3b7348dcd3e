import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../testing/manual-clock.ts";
import { RecordingBroadcast } from "../../testing/recording-broadcast.ts";
import type { Connection } from "../ports/broadcast.ts";
import type { ActiveModerationState, Ban } from "../ports/moderation.ts";
import { refuse } from "../refusals.ts";
import { ActiveModeration } from "./active-moderation.ts";
import { Bans } from "./bans.ts";
import { ClosedRooms } from "./closed-rooms.ts";

const ADA: Ban = { kind: "user", target: "ada", createdAt: 1 };
const HOME: Ban = { kind: "address", target: "192.0.2.1", createdAt: 2 };

function arrange() {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const activeModeration: ActiveModerationState = { bans: [], closedRooms: [] };
	const reads = { count: 0, meanwhile: () => {} };
	const store = {
		async activeModeration() {
			reads.count++;
			const read = structuredClone(activeModeration);
			reads.meanwhile();
			return read;
		},
	};
	const bans = new Bans(clock);
	const closedRooms = new ClosedRooms();
	const members = { leave: (_: Connection, __: string) => refuse("not_found", "not in it") };
	const onError = (error: unknown) => assert.fail(String(error));
	const orders = new ActiveModeration({ store, broadcast, clock, members, bans, closedRooms, onError });
	return { clock, broadcast, activeModeration, reads, bans, closedRooms, orders };
}

test("A2 an order that is carried out twice is carried out once", () => {
	const { orders, bans, closedRooms } = arrange();
	for (const _ of [1, 2]) {
		orders.apply({ kind: "ban", ban: ADA });
		orders.apply({ kind: "room_closed", room: "lobby" });
	}
	assert.deepEqual([bans.list(), closedRooms.names()], [[ADA], ["lobby"]]);
	for (const _ of [1, 2]) {
		orders.apply({ kind: "unban", banned: ADA });
		orders.apply({ kind: "room_reopened", room: "lobby" });
	}
	assert.deepEqual([bans.list(), closedRooms.names()], [[], []]);
});

test("A2 an order that comes late, of a ban that has ended, cuts nobody", () => {
	const { orders, broadcast, clock } = arrange();
	orders.apply({ kind: "ban", ban: { ...ADA, until: clock.now() } });
	assert.deepEqual(broadcast.disconnected, []);
});

test("A2 A4 A5 a refresh carries out what changed in the store, and only that", async () => {
	const { orders, activeModeration, broadcast, bans, closedRooms } = arrange();
	activeModeration.bans = [ADA];
	activeModeration.closedRooms = ["lobby", "attic"];
	await orders.refresh();
	assert.deepEqual(broadcast.disconnected.splice(0), ["user ada: banned"]);
	activeModeration.bans = [ADA, HOME];
	activeModeration.closedRooms = ["attic"];
	await orders.refresh();
	assert.deepEqual(broadcast.disconnected.splice(0), ["address 192.0.2.1: banned"]);
	assert.deepEqual(closedRooms.names(), ["attic"]);
	// Lifted elsewhere, and set anew for a shorter time.
	activeModeration.bans = [{ ...ADA, until: Number.MAX_SAFE_INTEGER }];
	await orders.refresh();
	assert.deepEqual(bans.list(), activeModeration.bans);
});

test("A2 an order that is carried out while the store is read is not undone by what was read", async () => {
	const { orders, activeModeration, reads, bans } = arrange();
	reads.meanwhile = () => {
		if (reads.count > 1) return;
		activeModeration.bans = [ADA];
		orders.apply({ kind: "ban", ban: ADA });
	};
	await orders.refresh();
	assert.deepEqual([bans.list(), reads.count], [[ADA], 2]);
});

test("A2 where the store is shared it is looked at now and then, until that is stopped", async () => {
	const { orders, clock, reads } = arrange();
	orders.watch();
	for (const expected of [1, 2]) {
		clock.advance(30_000);
		await new Promise((resolve) => setImmediate(resolve));
		assert.equal(reads.count, expected);
	}
	orders.stop();
	clock.advance(90_000);
	assert.deepEqual([reads.count, clock.pending], [2, 0]);
});
