import assert from "node:assert/strict";
import { test } from "node:test";
import { flushPromises, openDomain, refusalOf } from "../testing/domain.ts";

test("the list has the newest activity first, and the people of this process without a cluster", async () => {
	const { chat, member, send, clock, cluster } = openDomain();
	const ada = await member("ada", "old");
	await send(ada, "old", "hello");
	clock.advance(1_000);
	await send(await member("ben", "new"), "new", "hello");
	await member("cleo", "new");
	const now = clock.now();
	assert.deepEqual(await chat.rooms.list("u-ada"), [
		{ room: "new", present: 2, lastActiveAt: now },
		{ room: "old", present: 1, lastActiveAt: now - 1_000 },
	]);
	cluster.counts = async () => [7, 8] as never;
	assert.deepEqual(
		(await chat.rooms.list("u-ada")).map(({ present }) => present),
		[7, 8],
	);
});

test("rooms that somebody created and left without a message are not listed, those with people come last", async () => {
	const { chat, member, send, clock } = openDomain();
	const ada = await member("ada", "used");
	await send(ada, "used", "hello");
	clock.advance(1_000);
	const eve = await member("eve", "deserted");
	chat.members.leave(eve, "deserted");
	await member("ben", "fresh");
	assert.deepEqual(
		(await chat.rooms.list("u-ada")).map(({ room }) => room),
		["used", "fresh"],
	);
});

test("requests for the list share one reading, and a reading that takes long is not repeated at once", async () => {
	const { chat, member, store, clock } = openDomain();
	await member("ada", "lobby");
	let readings = 0;
	let release = Promise.withResolvers<void>();
	store.rooms = async () => {
		readings++;
		await release.promise;
		return [];
	};
	const lists = Array.from({ length: 100 }, () => chat.rooms.list("u-ada"));
	clock.advance(50);
	release.resolve();
	await Promise.all(lists);
	clock.advance(499);
	await chat.rooms.list("u-ada");
	assert.equal(readings, 1);
	clock.advance(1);
	release = Promise.withResolvers<void>();
	release.resolve();
	await chat.rooms.list("u-ada");
	assert.equal(readings, 2);
});

test("R6 requests that share the reading of the open rooms have the private rooms of their own users only", async () => {
	const { chat, connect, member, send } = openDomain();
	await send(await member("ben", "lobby"), "lobby", "hello");
	const room = { clientId: "6a52a9d0-0000-4000-8000-000000000001", title: "The Attic", history: true };
	const created = await chat.privateRooms.create(connect("ada"), room);
	assert.ok(created.ok);
	const lists = await Promise.all(["u-ada", "u-eve", "u-ada"].map((user) => chat.rooms.list(user)));
	assert.deepEqual(
		lists.map((rooms) => rooms.map(({ room, kind, title }) => [room, kind, title])),
		["ada", "eve", "ada"].map((name) => [
			...(name === "ada" ? [[created.data.room, "private", "The Attic"]] : []),
			["lobby", undefined, undefined],
		]),
	);
});

test("R1 a removed room is dropped here and published; without a note it is not in the audit log", async () => {
	const { chat, member, send, broadcast, cluster, store, clock } = openDomain();
	for (const note of [{ by: "root", reason: "spam" }, undefined]) {
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		assert.ok((await chat.rooms.remove("lobby", note)).ok);
		assert.deepEqual(broadcast.disconnected.splice(0), ["room lobby: room_removed"]);
		assert.deepEqual(cluster.published.splice(0).at(-1), { kind: "room_removed", room: "lobby" });
		assert.equal(chat.openRoomCount, 0);
	}
	const target = { room: "lobby" };
	const createdAt = clock.now();
	assert.deepEqual(store.audited, [{ act: "remove_room", target, createdAt, by: "root", reason: "spam", id: 1 }]);
	assert.equal(refusalOf(await chat.rooms.remove("attic")), "not_found room");
});

test("R1 a removal does not wait for messages that are accepted after it", async () => {
	const { chat, member, send, store } = openDomain();
	const ada = await member("ada", "lobby");
	const ben = await member("ben", "attic");
	const first = Promise.withResolvers<void>();
	store.held = first.promise;
	const sending = send(ada, "lobby", "hello");
	const removing = chat.rooms.remove("lobby");
	await flushPromises();
	// The queue is never empty from here on.
	store.held = new Promise(() => {});
	void send(ben, "attic", "one more");
	first.resolve();
	assert.ok((await sending).ok);
	assert.ok((await removing).ok);
});

test("R1 a removal waits for the messages that were accepted before it", async () => {
	const { chat, member, send, store } = openDomain();
	const ada = await member("ada", "lobby");
	const release = Promise.withResolvers<void>();
	store.held = release.promise;
	const sending = send(ada, "lobby", "hello");
	const removing = chat.rooms.remove("lobby");
	await flushPromises();
	assert.equal(chat.openRoomCount, 1);
	release.resolve();
	assert.ok((await sending).ok);
	assert.ok((await removing).ok);
	assert.equal(chat.openRoomCount, 0);
});

test("R1 a removal that fails in the store rejects, and drops the room all the same", async () => {
	const { chat, member, store, broadcast, cluster } = openDomain();
	await member("ada", "lobby");
	store.failure = new Error("away");
	await assert.rejects(chat.rooms.remove("lobby", {}), /away/);
	assert.deepEqual(
		[broadcast.disconnected, cluster.published.at(-1)?.kind],
		[["room lobby: room_removed"], "room_removed"],
	);
});

test("retention removes old entries from the store and from the tails", async () => {
	const { chat, member, send, clock } = openDomain();
	const ada = await member("ada", "lobby");
	await send(ada, "lobby", "old");
	clock.advance(1_000);
	await send(ada, "lobby", "new");
	assert.equal(await chat.rooms.prune(clock.now()), 1);
	const ack = await chat.members.join(ada, "lobby");
	assert.deepEqual(ack.ok && ack.data.messages?.map(({ seq }) => seq), [2]);
	const resumed = await chat.members.join(ada, "lobby", { epoch: "epoch 1", seq: 0 });
	assert.equal(resumed.ok && resumed.data.gap, true);
});

test("R1 empty rooms are removed, except those that are open", async () => {
	const { chat, member, store, clock } = openDomain();
	await member("ada", "open");
	const ben = await member("ben", "empty");
	chat.members.leave(ben, "empty");
	assert.equal(await chat.rooms.pruneEmpty(clock.now()), 1);
	assert.deepEqual(
		(await store.rooms(10)).map(({ room }) => room),
		["open"],
	);
});
