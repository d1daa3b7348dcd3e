import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { MemoryStore, messageAt } from "../testing/memory-store.ts";
import { RecordingBroadcast } from "../testing/recording-broadcast.ts";
import { RecordingCluster } from "../testing/recording-cluster.ts";
import { ClusterEvents } from "./cluster-events.ts";
import { OpenRooms } from "./open-rooms.ts";
import type { ClusterEvent, RoomEvent } from "./ports/cluster.ts";
import type { ModerationCommand } from "./ports/moderation.ts";

async function setUp() {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const onError = (error: unknown) => assert.fail(String(error));
	const cluster = new RecordingCluster();
	const rooms = new OpenRooms({
		store: new MemoryStore(),
		broadcast,
		cluster,
		clock,
		metrics: { recovered: () => {} },
		graceMs: 0,
		onMemberRemoved: () => {},
		settled: () => Promise.resolve(),
		onError,
	});
	await rooms.open("r");
	const done: unknown[] = [];
	const handler = new ClusterEvents({
		rooms,
		broadcast,
		reconciler: { runNow: (sources) => void done.push(...(sources ?? []).map(({ name }) => name), "reconciled") },
		people: [{ name: "people", intervalMs: () => 1, reconcile: async () => {} }],
		activeModeration: { apply: (command) => void done.push(command) },
		readMarks: { receive: () => assert.fail(), enteredElsewhere: () => {} },
		moderation: { banLocalAddresses: async () => {} },
		metrics: { publishLag: (ms) => void done.push(ms) },
		newMembers: { receive: (room, users) => void done.push([room, ...users]) },
		onError,
		onSessionRevoked: (id) => void done.push([id]),
	});
	return { clock, broadcast, cluster, handler, done };
}

describe("events of other processes", () => {
	test("M5 entries are broadcast to the room, and not published again", async () => {
		const { handler, broadcast, cluster } = await setUp();
		handler.onRoomEvent("r", { kind: "appended", entries: [messageAt(1)] }, "another");
		assert.deepEqual(cluster.published, []);
		assert.deepEqual(broadcast.take(), [
			{ to: "room r", event: "room:appended", payload: { room: "r", entries: [messageAt(1)] }, except: [] },
		]);
	});

	test("O2 a change of people is read from the store", async () => {
		const { handler, done } = await setUp();
		handler.onClusterEvent({ kind: "people_changed" });
		assert.deepEqual(done, ["people", "reconciled"]);
	});

	test("R8 members that another process has added are informed here", async () => {
		const { handler, done } = await setUp();
		handler.onClusterEvent({ kind: "room_added", room: "~attic", users: ["u-ada"] });
		assert.deepEqual(done, [["~attic", "u-ada"]]);
	});

	test("P1 T1 people and typists on other processes are broadcast to the room", async () => {
		const { handler, broadcast, clock } = await setUp();
		const ada = { id: "u-ada", name: "ada" };
		handler.onPersonEvent("r", ada, true);
		handler.onRoomEvent("r", { kind: "typing", users: [ada] }, "another");
		clock.advance(1_000);
		assert.deepEqual(
			broadcast.take().map(({ event }) => event),
			["presence:diff", "typing:changed"],
		);
		handler.onPeople("r", []);
		clock.advance(1_000);
		assert.deepEqual(broadcast.take()[0]?.payload, { room: "r", joins: [], leaves: [ada], count: 0 });
	});

	test("N1 S3 A2 notices, revoked sessions and moderation commands are applied", async () => {
		const { handler, broadcast, done } = await setUp();
		handler.onClusterEvent({ kind: "notice", text: "soon", createdAt: 7 });
		assert.deepEqual(broadcast.take()[0]?.payload, { text: "soon", createdAt: 7 });
		const command: ModerationCommand = { kind: "room_closed", room: "r" };
		handler.onClusterEvent({ kind: "ordered", order: command });
		handler.onClusterEvent({ kind: "session_revoked", sessionId: "s", expiresAt: 9 });
		assert.deepEqual(done, [command, ["s"]]);
		handler.onClusterEvent({ kind: "room_removed", room: "r" });
		assert.deepEqual(broadcast.disconnected, ["room r: room_removed"]);
	});

	test("events of rooms that are not open here, and unknown events of another version, do nothing", async () => {
		const { handler, broadcast, done } = await setUp();
		handler.onRoomEvent("elsewhere", { kind: "appended", entries: [messageAt(1)] }, "another");
		handler.onRoomEvent("elsewhere", { kind: "typing", users: [] }, "another");
		handler.onPersonEvent("elsewhere", { id: "u", name: "u" }, true);
		handler.onPeople("elsewhere", []);
		handler.onRoomEvent("r", { kind: "pinned", seq: 3 } as unknown as RoomEvent, "another");
		handler.onClusterEvent({ kind: "renamed", room: "r" } as unknown as ClusterEvent);
		assert.deepEqual([broadcast.take(), done], [[], []]);
	});

	test("M5 A2 S3 after a reconnect everything is reconciled", async () => {
		const { handler, done } = await setUp();
		handler.onReconnected();
		assert.deepEqual(done, ["reconciled"]);
	});
});
