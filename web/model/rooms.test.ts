import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { waitFor } from "../../load/kit/wait-for.ts";
import { Outbox } from "./outbox.ts";
import { createRoomStorage } from "./room-storage.ts";
import { JoinedRooms } from "./rooms.ts";
import { ADA_USER } from "./testing/entries.ts";
import { localStorageInMemory } from "./testing/local-storage-in-memory.ts";
import { pendingInMemory } from "./testing/pending-in-memory.ts";
import { SimulatedConnection } from "./testing/simulated-connection.ts";
import { SimulatedLog } from "./testing/simulated-log.ts";
import { goOffline, openTestChat } from "./testing/test-chat.ts";
import { newTestBrowser, openTestPage } from "./testing/test-page.ts";

test("leaving a room removes it and informs its members", async (t) => {
	const { server, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	await page.enter("ada", "kitchen");
	const grace = await server.client("grace");
	await grace.join("kitchen");
	page.chat.rooms.leave("kitchen");
	await grace.next("presence:diff", ({ leaves }) => leaves.some(({ name }) => name === "ada"));
	assert.equal(page.chat.rooms.current.value?.name, "lobby");
});

test("L1 a lost connection and a reload rejoin all rooms, also when no join is left", async (t) => {
	const limits = { LIMIT_JOINS_PER_S: "0.001", LIMIT_JOINS_BURST: "5", PRESENCE_GRACE_MS: "60000" };
	const { tunnel } = await openTestChat(t, { env: limits });
	const browser = newTestBrowser();
	const page = openTestPage(t, tunnel.url, browser);
	for (const name of ["one", "two", "three", "four", "five"]) await page.enter("ada", name);
	const isLive = ({ chat }: typeof page) => {
		const rooms = chat.rooms.joined.value;
		return rooms.length === 5 && rooms.every(({ state }) => state.value.phase === "live");
	};
	const statuses = new Set<string>();
	page.chat.connection.status.subscribe((status) => void statuses.add(status));
	tunnel.disconnect();
	await waitFor("the connection is lost", () => statuses.has("lost"));
	await waitFor("all five are live again", () => isLive(page));
	// A reload closes the connection without a disconnect packet.
	await goOffline(tunnel, page);
	page.unload();
	tunnel.setOpen(true);
	const reloaded = openTestPage(t, tunnel.url, browser);
	await waitFor("all five are live after a reload", () => isLive(reloaded));
});

/** Rooms of a user who had joined these before, on a simulated connection. */
function roomsOf(t: TestContext, names: string[], current?: string, own: string[] = []) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const simulated = new SimulatedConnection(new SimulatedLog("lobby"), ADA_USER);
	const storage = createRoomStorage(localStorageInMemory(), ADA_USER.id);
	for (const name of names) storage.addJoined(name);
	storage.setCurrent(current);
	const outbox = new Outbox({
		user: ADA_USER,
		store: pendingInMemory(),
		send: () => {},
		cursorOf: () => undefined,
		onStored: () => {},
		onNotMember: () => {},
		onMissing: () => {},
	});
	const { connection } = simulated;
	const listOwn = async () => own;
	const onRemoved = () => assert.fail("nobody was removed");
	const rooms = new JoinedRooms({ me: ADA_USER, connection, outbox, storage, listOwn, onRemoved });
	const joined = () => rooms.joined.value.map(({ name }) => name);
	const requests = () => simulated.requests.map(({ event, payload }) => [event, (payload as { room: string }).room]);
	return { rooms, simulated, storage, outbox, joined, requests };
}

test("stored rooms are joined again on connecting, the current one first", (t) => {
	const { rooms, simulated, joined, requests } = roomsOf(t, ["attic", "lobby", "kitchen"], "lobby");
	assert.deepEqual(joined(), ["attic", "lobby", "kitchen"]);
	assert.equal(rooms.current.value?.name, "lobby");
	simulated.connect();
	assert.deepEqual(simulated.requests[0]!.payload, {
		rooms: [{ room: "lobby" }, { room: "attic" }, { room: "kitchen" }],
	});
	assert.equal(requests().length, 1);
});

test("private rooms of which the user is a member are added, as many as are joined at once", async (t) => {
	const own = Array.from({ length: 30 }, (_, n) => `~room ${n}`);
	const { simulated, storage, joined, rooms } = roomsOf(t, ["lobby", "~room 1"], "lobby", own);
	simulated.connect();
	await null;
	const expected = ["lobby", "~room 1", "~room 0", ...own.slice(2, 18)];
	assert.deepEqual(joined(), expected);
	assert.deepEqual(storage.joined(), expected);
	assert.equal(rooms.current.value?.name, "lobby");
	assert.deepEqual(simulated.requests.at(-1)!.payload, { rooms: expected.slice(2).map((room) => ({ room })) });
});

test("a join waits for a connection and switches to the room under its normalized name", async (t) => {
	const { rooms, simulated, storage, joined } = roomsOf(t, []);
	const joining = rooms.join("Lobby");
	assert.equal(simulated.requests.length, 0);
	simulated.connect();
	await null;
	simulated.serve();
	simulated.deliver();
	assert.equal(await joining, undefined);
	assert.deepEqual(joined(), ["lobby"]);
	assert.equal(rooms.current.value?.name, "lobby");
	assert.deepEqual([storage.joined(), storage.current()], [["lobby"], "lobby"]);
});

test("a join without a connection is refused after ten seconds", async (t) => {
	const { rooms, joined } = roomsOf(t, []);
	const joining = rooms.join("lobby");
	t.mock.timers.tick(10_000);
	assert.equal((await joining)?.retryable, true);
	assert.deepEqual(joined(), []);
});

test("joining a joined room only switches to it", async (t) => {
	const { rooms, storage, requests } = roomsOf(t, ["lobby", "kitchen"]);
	assert.equal(await rooms.join("kitchen"), undefined);
	assert.equal(rooms.current.value?.name, "kitchen");
	assert.equal(storage.current(), "kitchen");
	assert.deepEqual(requests(), []);
});

test("leaving switches to the next room, or to the previous one after the last, and drops pending messages", (t) => {
	const { rooms, storage, outbox, joined } = roomsOf(t, ["attic", "lobby", "kitchen"], "lobby");
	storage.setRead("lobby", { epoch: "e", seq: 1 });
	outbox.add("lobby", { body: "never sent" });
	rooms.leave("lobby");
	assert.equal(rooms.current.value?.name, "kitchen");
	assert.deepEqual(outbox.pending.value, []);
	rooms.leave("kitchen");
	assert.equal(rooms.current.value?.name, "attic");
	rooms.leave("elsewhere");
	assert.deepEqual(joined(), ["attic"]);
	assert.deepEqual([storage.joined(), storage.current(), storage.read("lobby")], [["attic"], "attic", undefined]);
	rooms.leave("attic");
	assert.equal(rooms.current.value, undefined);
});

test("a room that is set aside is off the list and still joined, until it is taken back or left", (t) => {
	const { rooms, simulated, storage, joined, requests } = roomsOf(t, ["attic", "lobby", "kitchen"], "lobby");
	simulated.connect();
	const before = requests().length;
	rooms.setAside("lobby");
	assert.deepEqual([joined(), rooms.current.value?.name], [["attic", "kitchen"], "kitchen"]);
	assert.deepEqual(storage.joined(), ["attic", "kitchen"], "a reload leaves it");
	rooms.takeBack("lobby");
	assert.deepEqual([joined(), rooms.current.value?.name], [["attic", "lobby", "kitchen"], "lobby"]);
	assert.deepEqual(storage.joined(), ["attic", "lobby", "kitchen"]);
	assert.equal(requests().length, before);
	rooms.setAside("lobby");
	rooms.leave("lobby");
	rooms.takeBack("lobby");
	assert.deepEqual(
		[joined(), requests().at(-1)],
		[
			["attic", "kitchen"],
			["room:leave", "lobby"],
		],
	);
});

test("joining a room that is set aside takes it back", async (t) => {
	const { rooms, joined } = roomsOf(t, ["attic", "lobby"], "lobby");
	rooms.setAside("lobby");
	assert.equal(await rooms.join("lobby"), undefined);
	assert.deepEqual([joined(), rooms.current.value?.name], [["attic", "lobby"], "lobby"]);
});

test("after close, events of the connection have no effect", (t) => {
	const { rooms, simulated } = roomsOf(t, ["lobby"]);
	rooms.close();
	simulated.connect();
	assert.equal(simulated.requests.length, 0);
});
