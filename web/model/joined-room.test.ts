import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { signal } from "@preact/signals";
import { waitFor } from "../../load/kit/wait-for.ts";
import { JoinRequests } from "./join-requests.ts";
import { JoinedRoom } from "./joined-room.ts";
import { Outbox } from "./outbox.ts";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";
import { pendingInMemory } from "./testing/pending-in-memory.ts";
import { SimulatedConnection } from "./testing/simulated-connection.ts";
import { SimulatedLog } from "./testing/simulated-log.ts";
import { goOffline, openTestChat, waitForTexts, waitUntilStored } from "./testing/test-chat.ts";

test("M4 messages written while offline are sent after reconnecting, once and in order", async (t) => {
	const { server, tunnel, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	const grace = await server.client("grace");
	await grace.join("lobby");
	await goOffline(tunnel, page);
	for (const text of ["one", "two", "three"]) page.send(text);
	assert.deepEqual(
		page.messages().map(({ state }) => state),
		["queued", "queued", "queued"],
	);
	await grace.send("lobby", "meanwhile");
	tunnel.setOpen(true);
	page.chat.connection.retry();
	await waitForTexts(page, "meanwhile", "one", "two", "three");
	await waitUntilStored(page);
	await grace.entry("lobby", 4);
	assert.equal(grace.entries("lobby").length, 4);
});

test("M2 M4 a message whose ack was lost is drawn once at every moment and stored once", async (t) => {
	const { server, tunnel, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	const grace = await server.client("grace");
	await grace.join("lobby");
	const moments: string[][] = [];
	const room = page.chat.rooms.current.value!;
	room.items.subscribe((items) => {
		moments.push(items.flatMap((item) => (item.kind === "message" ? [item.content.body!] : [])));
	});
	tunnel.muteServer();
	page.send("once");
	await grace.entry("lobby", 1);
	tunnel.disconnect();
	await waitForTexts(page, "once");
	await waitUntilStored(page);
	for (const moment of moments) assert.ok(moment.length <= 1, `seen at one moment: ${moment.join(", ")}`);
	assert.equal(grace.entries("lobby").length, 1);
});

test("after a long absence the timeline starts over with a system item, and older pages can be loaded", async (t) => {
	const { server, tunnel, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	const grace = await server.client("grace");
	await grace.join("lobby");
	await goOffline(tunnel, page);
	// Together more than a resume may carry.
	await Promise.all(Array.from({ length: 520 }, (_, index) => grace.send("lobby", `${index + 1}`.padEnd(600, "."))));
	tunnel.setOpen(true);
	page.chat.connection.retry();
	await waitFor("the newest fifty", () => page.messages().length === 50);
	assert.equal(page.texts()[0], "restart");
	const room = page.chat.rooms.current.value!;
	assert.equal(room.hasOlder.value, true);
	room.setFollowing(false);
	assert.equal(await room.loadOlder(), undefined);
	assert.equal(page.messages()[0]?.seq, 371);
	while (room.hasOlder.value) await room.loadOlder();
	assert.equal(page.messages()[0]?.seq, 1);
	assert.equal(page.messages().length, 300);
	assert.equal(room.hasNewer.value, true);
	await room.jumpToNewest();
	assert.equal(page.messages().at(-1)?.seq, 520);
});

/** A room on a simulated connection, joined with `count` messages. */
function joinedRoom(t: TestContext, count = 3) {
	t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
	const log = new SimulatedLog("lobby");
	for (let index = 1; index <= count; index++) log.append(GRACE_USER, { body: `message ${index}` });
	const simulated = new SimulatedConnection(log, ADA_USER);
	const { connection } = simulated;
	const reads: number[] = [];
	const outbox = new Outbox({
		user: ADA_USER,
		store: pendingInMemory(),
		send: ({ event, payload }, onAck) => connection.request(event, payload, { onAck }),
		cursorOf: () => room.cursor,
		onStored: (_room, clientId, seq) => room.stored(clientId, seq),
		onNotMember: () => room.rejoin(),
		onMissing: (_room, seq) => room.missing(seq),
	});
	const room: JoinedRoom = new JoinedRoom({
		name: "lobby",
		me: ADA_USER,
		connection,
		requests: new JoinRequests(connection),
		outbox,
		read: undefined,
		draft: signal(""),
		onRemoved: () => assert.fail("an open room has no members"),
		onRead: ({ seq, unsent }) => unsent && reads.push(seq),
	});
	connection.on("room:appended", ({ entries }) => room.appended(entries));
	/** Handles requests and delivers packets until none are left. */
	function settle(): void {
		while (simulated.requests.length + simulated.packets.length > 0) {
			const entry = simulated.serve();
			if (entry) simulated.broadcast([entry]);
			simulated.deliver();
		}
	}
	simulated.connect();
	room.rejoin();
	settle();
	const texts = () => room.items.value.flatMap((item) => (item.kind === "message" ? [item.content.body] : []));
	return { room, simulated, log, reads, settle, texts };
}

test("a room that is new on this device starts as read, and later messages are unread", (t) => {
	const { room, simulated, log, reads, settle } = joinedRoom(t);
	assert.equal(room.state.value.phase, "live");
	assert.deepEqual(reads, [3]);
	assert.equal(room.unread.value.count, 0);
	simulated.broadcast([log.append(GRACE_USER, { body: "four" })]);
	settle();
	assert.equal(room.unread.value.count, 1);
	room.open();
	assert.equal(room.newSince.value?.seq, 4);
	room.markRead();
	room.markRead();
	assert.deepEqual(reads, [3, 4]);
	assert.equal(room.unread.value.count, 0);
});

test("a message is drawn at once, and sent when the room is live", (t) => {
	const { room, simulated, settle, texts } = joinedRoom(t, 1);
	simulated.terminate();
	room.disconnected();
	assert.equal(room.state.value.phase, "joining");
	room.send("hello");
	assert.deepEqual(texts(), ["message 1", "hello"]);
	simulated.connect();
	room.rejoin();
	settle();
	assert.deepEqual(texts(), ["message 1", "hello"]);
	const last = room.items.value.at(-1);
	assert.equal(last?.kind === "message" && last.state, "stored");
});

test("M5 an entry behind a gap is drawn after the missing ones have been fetched", (t) => {
	const { simulated, log, settle, texts } = joinedRoom(t, 1);
	log.append(GRACE_USER, { body: "lost" });
	simulated.broadcast([log.append(GRACE_USER, { body: "three" })]);
	simulated.deliver();
	assert.deepEqual(texts(), ["message 1"]);
	settle();
	assert.deepEqual(texts(), ["message 1", "lost", "three"]);
});

test("after the device woke, missed entries are fetched", (t) => {
	const { room, log, settle, texts } = joinedRoom(t, 1);
	log.append(GRACE_USER, { body: "missed" });
	room.wake();
	settle();
	assert.deepEqual(texts(), ["message 1", "missed"]);
});

test("a location is queued as a message", (t) => {
	const { room, settle } = joinedRoom(t, 0);
	assert.equal(room.sendLocation({ latitude: 1, longitude: 2 }), undefined);
	settle();
	const shared = room.items.value.flatMap((item) => (item.kind === "message" ? [item.content.location] : []));
	assert.deepEqual(shared, [{ latitude: 1, longitude: 2 }]);
});

test("entering a room greets the user", (t) => {
	const { room, log } = joinedRoom(t, 1);
	room.enter(log.join({ room: "lobby" }));
	assert.equal(room.items.value.at(-1)?.kind, "welcome");
});

test("only messages up to the one that was in view are read", (t) => {
	const { room, simulated, log, reads, settle } = joinedRoom(t);
	simulated.broadcast(["four", "five", "six"].map((body) => log.append(GRACE_USER, { body })));
	settle();
	room.open();
	room.markRead(5);
	room.markRead(4);
	assert.deepEqual(reads, [3, 5]);
	assert.equal(room.unread.value.count, 1);
	assert.equal(room.newSince.value?.seq, 4, "the mark stays where it was when the room was opened");
});

test("a room that is opened with more unread messages than it keeps loads them from the first one", async (t) => {
	const { room, simulated, log, reads, settle, texts } = joinedRoom(t, 20);
	const sent = Array.from({ length: 400 }, (_, index) => log.append(GRACE_USER, { body: `unread ${index + 1}` }));
	simulated.broadcast(sent);
	settle();
	assert.equal(texts()[0], "unread 101", "the room keeps 300 messages");
	room.open();
	room.markRead();
	assert.deepEqual(reads, [20], "nothing is read while they are loading");
	settle();
	await waitFor("the first unread message", () => texts()[0] === "unread 1");
	assert.deepEqual(room.newSince.value, { seq: 21, at: 21, unread: { count: 100, more: true } });
	assert.equal(room.hasOlder.value && room.hasNewer.value, true);
	room.markRead(60);
	assert.deepEqual(reads, [20, 60]);
});
