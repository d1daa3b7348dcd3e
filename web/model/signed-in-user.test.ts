import assert from "node:assert/strict";
import { test } from "node:test";
import { createRoomStorage } from "./room-storage.ts";
import { createSignedInUser } from "./signed-in-user.ts";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";
import { localStorageInMemory } from "./testing/local-storage-in-memory.ts";
import { pendingInMemory } from "./testing/pending-in-memory.ts";
import { SimulatedConnection } from "./testing/simulated-connection.ts";
import { SimulatedLog } from "./testing/simulated-log.ts";

function signIn() {
	const storage = localStorageInMemory();
	createRoomStorage(storage, ADA_USER.id).addJoined("lobby");
	const simulated = new SimulatedConnection(new SimulatedLog("lobby"), ADA_USER);
	const calls: string[] = [];
	const user = createSignedInUser({
		user: ADA_USER,
		connection: simulated.connection,
		storage,
		listOwn: async () => [],
		onRemoved: () => assert.fail("an open room has no members"),
		pendingStore: pendingInMemory(),
		onReplaced: () => calls.push(`replaced after ${simulated.requests.length} requests`),
		onHiddenChange: () => () => {},
	});
	return { user, simulated, storage, calls };
}

test("messages of the rooms go through the outbox to the server", () => {
	const { user, simulated } = signIn();
	simulated.connect();
	user.rooms.current.value?.send("hello");
	const events = [];
	for (let next = simulated.requests[0]; next; next = simulated.requests[0]) {
		events.push(next.event);
		simulated.serve();
		simulated.deliver();
	}
	assert.deepEqual(events, ["rooms:join", "room:read", "message:send"]);
});

test("a connection of another user is reported before anything is sent on it", () => {
	const { simulated, storage, calls } = signIn();
	createRoomStorage(storage, GRACE_USER.id);
	simulated.connect();
	assert.deepEqual(calls, ["replaced after 0 requests"]);
});

test("after close a new connection has no effect", () => {
	const { user, simulated, calls } = signIn();
	user.close();
	simulated.connect();
	assert.equal(simulated.requests.length, 0);
	assert.deepEqual(calls, []);
});
