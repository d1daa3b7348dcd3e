import assert from "node:assert/strict";
import { test } from "node:test";
import { flushPromises, openDomain, refusalOf } from "../testing/domain.ts";

test("N1 a notice goes to everyone, here and elsewhere, once it is in the audit log", async () => {
	const { chat, broadcast, cluster, store, clock } = openDomain();
	const text = "x".repeat(300);
	await chat.notice(text, { by: "root" });
	const createdAt = clock.now();
	const payload = { text, createdAt };
	assert.deepEqual(broadcast.take(), [{ to: "everyone", event: "server:notice", payload, except: [] }]);
	assert.deepEqual(cluster.published, [{ kind: "notice", text, createdAt }]);
	const target = { text: text.slice(0, 200) };
	assert.deepEqual(store.audited, [{ act: "notice", target, createdAt, by: "root", id: 1 }]);
});

test("N1 a notice that can't be audited is not sent", async () => {
	const { chat, broadcast, cluster, store } = openDomain();
	store.failure = new Error("disk full");
	await assert.rejects(chat.notice("hello"), /disk full/);
	assert.deepEqual([broadcast.take(), cluster.published], [[], []]);
});

test("R3 T1 only a member is typing in a room", async () => {
	const { chat, connect, member, broadcast, clock } = openDomain();
	const ada = await member("ada", "lobby");
	assert.equal(refusalOf(chat.typing(connect("ben"), "lobby", true)), "not_found room");
	assert.ok(chat.typing(ada, "lobby", true).ok);
	clock.advance(200);
	const typing = broadcast.take().filter(({ event }) => event === "typing:changed");
	assert.deepEqual(
		typing.map(({ payload }) => payload),
		[{ room: "lobby", users: [ada.user] }],
	);
});

test("D1 a drain resolves once every accepted message is committed, acknowledged and broadcast", async () => {
	const { chat, member, send, store, broadcast, clock, entries } = openDomain({ isStoreShared: true });
	const ada = await member("ada", "lobby");
	const toRoom = broadcast.toRoom;
	// Every broadcast takes 5 ms, so that the third entry waits in the broadcaster.
	broadcast.toRoom = (...args) => {
		clock.advance(5);
		toRoom(...args);
	};
	for (const body of ["one", "two"]) await send(ada, "lobby", body);
	const release = Promise.withResolvers<void>();
	store.held = release.promise;
	const log: string[] = [];
	void send(ada, "lobby", "three").then((ack) => log.push(`acked ${ack.ok}`));
	const draining = chat.drain().then(() => log.push("drained", ...entries()));
	await flushPromises();
	assert.deepEqual(log, []);
	release.resolve();
	await draining;
	assert.deepEqual(log, ["acked true", "drained", "1 one", "2 two", "3 three"]);
});

test("M5 A2 where the store is shared, rooms and moderation are reconciled until the drain", async () => {
	const { chat, member, store, clock, entries } = openDomain({ isStoreShared: true });
	await member("ada", "lobby");
	store.commit("lobby", 1);
	store.closedRooms.add("lobby");
	clock.advance(30_000);
	await flushPromises();
	assert.deepEqual([entries(), chat.moderation.closedRooms()], [["1 1"], ["lobby"]]);
	await chat.drain();
	store.commit("lobby", 1);
	clock.advance(60_000);
	await flushPromises();
	assert.deepEqual(entries(), []);
});

test("where the store is not shared, no timer runs", () => {
	assert.equal(openDomain().clock.pending, 0);
});

test("M4 entries are published to the other processes once, and those of others not again", async () => {
	const { member, send, cluster, store } = openDomain();
	await send(await member("ada", "lobby"), "lobby", "hello");
	await flushPromises();
	cluster.handler?.onRoomEvent("lobby", { kind: "appended", entries: store.commit("lobby", 1) }, "another");
	const appended = cluster.published.filter(({ kind }) => kind === "appended");
	assert.equal(appended.length, 1);
});
