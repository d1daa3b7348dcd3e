import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../testing/manual-clock.ts";
import { RecordingBroadcast } from "../../testing/recording-broadcast.ts";
import type { Connection } from "../ports/broadcast.ts";
import type { ActiveModerationState, Ban } from "../ports/moderation.ts";
import { Reconciler } from "../reconciler.ts";
import { refuse } from "../refusals.ts";
import { ActiveModeration } from "./active-moderation.ts";
import { Bans } from "./bans.ts";
import { ClosedRooms } from "./closed-rooms.ts";

const ADA: Ban = { kind: "user", target: "ada", createdAt: 1 };
const HOME: Ban = { kind: "address", target: "192.0.2.1", createdAt: 2 };

function setUp() {
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
	const bans = new Bans(clock, () => false);
	const closedRooms = new ClosedRooms();
	const members = { leave: (_: Connection, __: string) => refuse("not_found", "not in it") };
	const moderation = new ActiveModeration({ store, broadcast, members, bans, closedRooms });
	return { clock, broadcast, activeModeration, reads, bans, closedRooms, moderation };
}

test("A2 a command that is applied twice has the effect of one", () => {
	const { moderation, bans, closedRooms } = setUp();
	for (const _ of [1, 2]) {
		moderation.apply({ kind: "ban", ban: ADA });
		moderation.apply({ kind: "room_closed", room: "lobby" });
	}
	assert.deepEqual([bans.list(), closedRooms.names()], [[ADA], ["lobby"]]);
	for (const _ of [1, 2]) {
		moderation.apply({ kind: "unban", banned: ADA });
		moderation.apply({ kind: "room_reopened", room: "lobby" });
	}
	assert.deepEqual([bans.list(), closedRooms.names()], [[], []]);
});

test("A2 a late command of a ban that has ended disconnects nobody", () => {
	const { moderation, broadcast, clock } = setUp();
	moderation.apply({ kind: "ban", ban: { ...ADA, until: clock.now() } });
	assert.deepEqual(broadcast.disconnected, []);
});

test("A2 A4 A5 the changes of the store are applied, and only those", async () => {
	const { moderation, activeModeration, broadcast, bans, closedRooms } = setUp();
	const atHome = { id: "ben-1", sessionId: "s-ben", user: { id: "ben", name: "ben" } };
	broadcast.connected.push({ connection: atHome, address: HOME.target });
	activeModeration.bans = [ADA];
	activeModeration.closedRooms = ["lobby", "attic"];
	await moderation.reconcile();
	assert.deepEqual(broadcast.disconnected.splice(0), ["user ada: banned"]);
	const closings = () => broadcast.take().map(({ event, payload }) => [event, payload]);
	const closing = (room: string, closed: boolean) => ["room:closed", { room, closed }];
	assert.deepEqual(closings(), [closing("lobby", true), closing("attic", true)]);
	activeModeration.bans = [ADA, HOME];
	activeModeration.closedRooms = ["attic"];
	await moderation.reconcile();
	assert.deepEqual(broadcast.disconnected.splice(0), ["connection ben-1: banned"]);
	assert.deepEqual(closedRooms.names(), ["attic"]);
	assert.deepEqual(closings(), [closing("lobby", false)]);
	// Lifted on another process, and set again for a shorter time.
	activeModeration.bans = [{ ...ADA, until: Number.MAX_SAFE_INTEGER }];
	await moderation.reconcile();
	assert.deepEqual(bans.list(), activeModeration.bans);
});

test("A2 a command that is applied while the store is read is not undone by the read", async () => {
	const { moderation, activeModeration, reads, bans } = setUp();
	reads.meanwhile = () => {
		if (reads.count > 1) return;
		activeModeration.bans = [ADA];
		moderation.apply({ kind: "ban", ban: ADA });
	};
	await moderation.reconcile();
	assert.deepEqual([bans.list(), reads.count], [[ADA], 2]);
});

test("A2 the store is read every 30 s, until the reconciler stops", async () => {
	const { moderation, clock, reads } = setUp();
	const onError = (error: unknown) => assert.fail(String(error));
	const reconciler = new Reconciler({ sources: [moderation], clock, onError });
	reconciler.start();
	for (const expected of [1, 2]) {
		clock.advance(30_000);
		await new Promise((resolve) => setImmediate(resolve));
		assert.equal(reads.count, expected);
	}
	reconciler.stop();
	clock.advance(90_000);
	assert.deepEqual([reads.count, clock.pending], [2, 0]);
});
