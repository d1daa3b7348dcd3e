import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LogOfRooms, messageAt } from "../testing/log-of-rooms.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingBroadcast } from "../testing/recording-broadcast.ts";
import { RecordingCluster } from "../testing/recording-cluster.ts";
import { ClusterEvents } from "./cluster-events.ts";
import { OpenRooms } from "./open-rooms.ts";
import type { ClusterEvent, RoomEvent } from "./ports/cluster.ts";
import type { ModerationCommand } from "./ports/moderation.ts";

async function arrange() {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const onError = (error: unknown) => assert.fail(String(error));
	const rooms = new OpenRooms({
		store: new LogOfRooms(),
		broadcast,
		cluster: new RecordingCluster(),
		clock,
		metrics: { recovered: () => {} },
		graceMs: 0,
		settled: () => Promise.resolve(),
		onError,
	});
	await rooms.open("r");
	const done: unknown[] = [];
	const hearing = new ClusterEvents({
		rooms,
		broadcast,
		healing: { sweep: async () => void done.push("swept") },
		activeModeration: { apply: (command) => void done.push(command) },
		moderation: { banLocalAddresses: async () => {} },
		metrics: { publishLag: (ms) => void done.push(ms) },
		onError,
		onSessionRevoked: (id, until) => void done.push([id, until]),
		onReconnected: () => void done.push("restored"),
	});
	return { clock, broadcast, hearing, done };
}

describe("what other processes tell", () => {
	test("M5 entries are told to the room, without being told to other processes again", async () => {
		const { hearing, broadcast } = await arrange();
		hearing.onRoomEvent("r", { kind: "appended", entries: [messageAt(1)] }, "another");
		assert.deepEqual(broadcast.take(), [
			{ to: "room r", event: "room:appended", payload: { room: "r", entries: [messageAt(1)] }, except: [] },
		]);
	});

	test("P1 T1 who is elsewhere, and who types there, is told to the room", async () => {
		const { hearing, broadcast, clock } = await arrange();
		const ada = { id: "u-ada", name: "ada" };
		hearing.onPersonEvent("r", ada, true);
		hearing.onRoomEvent("r", { kind: "typing", users: [ada] }, "another");
		clock.advance(1_000);
		assert.deepEqual(
			broadcast.take().map(({ event }) => event),
			["presence:diff", "typing:changed"],
		);
		hearing.onPeople("r", []);
		clock.advance(1_000);
		assert.deepEqual(broadcast.take()[0]?.payload, { room: "r", joins: [], leaves: [ada], count: 0 });
	});

	test("N1 S3 A2 notices, sessions that ended and orders are carried out", async () => {
		const { hearing, broadcast, done } = await arrange();
		hearing.onClusterEvent({ kind: "notice", text: "soon", createdAt: 7 });
		assert.deepEqual(broadcast.take()[0]?.payload, { text: "soon", createdAt: 7 });
		const order: ModerationCommand = { kind: "room_closed", room: "r" };
		hearing.onClusterEvent({ kind: "ordered", order });
		hearing.onClusterEvent({ kind: "session_revoked", sessionId: "s", expiresAt: 9 });
		assert.deepEqual(done, [order, ["s", 9]]);
		hearing.onClusterEvent({ kind: "room_removed", room: "r" });
		assert.deepEqual(broadcast.disconnected, ["room r: room_removed"]);
	});

	test("what is told of a room that is not open here, or in words of another version, does nothing", async () => {
		const { hearing, broadcast, done } = await arrange();
		hearing.onRoomEvent("elsewhere", { kind: "appended", entries: [messageAt(1)] }, "another");
		hearing.onRoomEvent("elsewhere", { kind: "typing", users: [] }, "another");
		hearing.onPersonEvent("elsewhere", { id: "u", name: "u" }, true);
		hearing.onPeople("elsewhere", []);
		hearing.onRoomEvent("r", { kind: "pinned", seq: 3 } as unknown as RoomEvent, "another");
		hearing.onClusterEvent({ kind: "renamed", room: "r" } as unknown as ClusterEvent);
		assert.deepEqual([broadcast.take(), done], [[], []]);
	});

	test("when the others are heard again, everything that they may have told is found out", async () => {
		const { hearing, done } = await arrange();
		hearing.onReconnected();
		assert.deepEqual(done, ["swept", "restored"]);
	});
});
