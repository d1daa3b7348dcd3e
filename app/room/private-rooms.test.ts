import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Connection } from "../room/ports/broadcast.ts";
import { flushPromises, openDomain, refusalOf } from "../testing/domain.ts";

const CLIENT_ID = "6a52a9d0-0000-4000-8000-000000000001";

/** A private room of ada, of which ben is a member too. */
async function openPrivateRoom({ history = true } = {}) {
	const domain = openDomain();
	const { chat, connect } = domain;
	const [ada, ben, eve] = [connect("ada"), connect("ben"), connect("eve")];
	const created = await chat.privateRooms.create(ada, { clientId: CLIENT_ID, title: "The Attic", history });
	assert.ok(created.ok);
	const { room } = created.data;
	const add = (user: Connection) => chat.privateRooms.addMember(ada, { room, user: user.user.id, role: undefined });
	const remove = (user: Connection) => chat.privateRooms.removeMember(ada, { room, user: user.user.id });
	await chat.members.join(ada, room);
	return { ...domain, ada, ben, eve, room, add, remove };
}

describe("a private room", () => {
	test("R5 has a random name, and its members join it", async () => {
		const { chat, ben, room, add } = await openPrivateRoom();
		assert.match(room, /^~[a-z2-7]{26}$/);
		assert.ok((await add(ben)).ok);
		const ack = await chat.members.join(ben, room);
		assert.deepEqual(ack.ok && ack.data.info, { kind: "private", title: "The Attic", history: true, role: "member" });
	});

	test("R5 somebody who is in an open room on another process can be added", async () => {
		const { chat, ada, room, cluster } = await openPrivateRoom();
		const zoe = { id: "u-zoe", name: "Zoe" };
		const add = () => chat.privateRooms.addMember(ada, { room, user: zoe.id, role: undefined });
		assert.equal(refusalOf(await add()), "not_found user");
		await chat.members.join(ada, "lobby");
		cluster.handler!.onPersonEvent("lobby", zoe, true);
		assert.ok((await add()).ok);
	});

	test("R6 joins of others are refused as for a room that is not there, and create none", async () => {
		const { chat, eve, room, store, cluster } = await openPrivateRoom();
		const followed = cluster.followed.size;
		const acks = await Promise.all([chat.members.join(eve, room), chat.members.join(eve, `~${"z".repeat(26)}`)]);
		assert.deepEqual(acks[0], acks[1]);
		assert.equal(refusalOf(acks[0]!), "not_found room");
		assert.equal(cluster.followed.size, followed);
		assert.equal((await store.heads([`~${"z".repeat(26)}`])).size, 0);
	});

	test("R6 a removed member receives their removal and nothing after it, also in one batch of another process", async () => {
		const { chat, ada, ben, room, add, store, broadcast, cluster } = await openPrivateRoom();
		await add(ben);
		await chat.members.join(ben, room);
		broadcast.take();
		const received: string[] = [];
		broadcast.toRoom = (_room, event, payload) => {
			const isReceived = event === "room:appended" && broadcast.subscribed.has(`ben-1 ${room}`);
			if (isReceived) received.push(...(payload as { entries: { kind: string }[] }).entries.map(({ kind }) => kind));
		};
		const [removal, message] = await store.append([
			{ kind: "member", room, by: ada.user, user: ben.user, createdAt: 2 },
			{ kind: "message", room, author: ada.user, clientId: "c", content: { body: "secret" }, createdAt: 3 },
		]);
		const entries = [removal!, message!].flatMap((outcome) => (outcome.outcome === "appended" ? [outcome.entry] : []));
		cluster.handler!.onRoomEvent(room, { kind: "appended", entries }, "another process");
		assert.deepEqual(received, ["member"]);
		assert.equal(chat.members.roomOf(ben, room), undefined);
		assert.equal(refusalOf(await chat.members.join(ben, room)), "not_found room");
	});

	test("R6 a member who is removed while their connection is lost is not in the room any more", async () => {
		const { chat, ben, room, add, remove, connect } = await openPrivateRoom();
		await add(ben);
		await chat.members.join(ben, room);
		chat.members.disconnect(ben, false);
		const present = () =>
			chat.members.join(connect("ada", "ada-2"), room).then((ack) => ack.ok && ack.data.presence.count);
		assert.equal(await present(), 2);
		await remove(ben);
		await flushPromises();
		assert.equal(await present(), 1);
	});

	test("R5 without the history, a member sees no message that was sent before they joined", async () => {
		const { chat, ada, ben, room, add, send } = await openPrivateRoom({ history: false });
		await send(ada, room, "before");
		await add(ben);
		await send(ada, room, "after");
		const bodies = (messages: readonly { body?: string | undefined }[] = []) => messages.map(({ body }) => body);
		const joined = await chat.members.join(ben, room);
		assert.ok(joined.ok);
		assert.deepEqual(bodies(joined.data.messages), ["after"]);
		const resumed = await chat.members.join(ben, room, { epoch: joined.data.epoch, seq: 1 });
		assert.deepEqual(resumed.ok && [resumed.data.gap, bodies(resumed.data.messages)], [true, ["after"]]);
		const page = await chat.history.messages(ben, { room });
		assert.deepEqual(page.ok && [bodies(page.data.messages), page.data.more], [["after"], false]);
		const around = await chat.history.around(ben, { room, at: 0 });
		assert.deepEqual(around.ok && bodies(around.data.messages), ["after"]);
		assert.equal(refusalOf(await chat.history.around(ben, { room, seq: 3 })), "not_found seq");
		const since = await chat.history.since(ben, room, 0);
		assert.deepEqual(since.ok && since.data.entries.map(({ kind }) => kind), ["member", "message"]);
		await chat.privateRooms.update(ada, { room, history: true, title: undefined, topic: undefined });
		await flushPromises();
		const all = await chat.history.messages(ben, { room });
		assert.deepEqual(all.ok && bodies(all.data.messages), ["before", "after"]);
	});

	test("R8 new members are informed on all their connections and on other processes, once", async () => {
		const { chat, ben, room, add, connect, broadcast, cluster } = await openPrivateRoom();
		const tablet = connect("ben", "ben-2");
		broadcast.take();
		const informed = () => broadcast.take().flatMap(({ to, event }) => (event === "room:added" ? [to] : []));
		const published = () => cluster.published.splice(0).filter(({ kind }) => kind === "room_added");
		assert.deepEqual(published(), [{ kind: "room_added", room, users: ["u-ada"] }]);
		await add(ben);
		assert.deepEqual(informed(), [ben.id, tablet.id]);
		assert.deepEqual(published(), [{ kind: "room_added", room, users: ["u-ben"] }]);
		await add(ben);
		const owner = { room, user: ben.user.id, role: "owner" } as const;
		await chat.privateRooms.addMember(ben, owner);
		assert.deepEqual([informed(), published()], [[], []]);
		for (const _ of [1, 2]) await chat.privateRooms.openDirect(ben, { users: ["u-ada"] });
		assert.deepEqual(informed(), ["ada-1", ben.id, tablet.id]);
	});

	test("U3 without a read mark, what came after the joining of a member is unread", async () => {
		const { chat, ada, ben, room, add, send } = await openPrivateRoom();
		await send(ada, room, "before");
		await add(ben);
		await send(ada, room, "after");
		const joined = await chat.members.join(ben, room);
		assert.equal(joined.ok && joined.data.read, 4);
		const direct = await chat.privateRooms.openDirect(ada, { users: [ben.user.id] });
		assert.ok(direct.ok);
		const opened = await chat.members.join(ben, direct.data.room);
		assert.equal(opened.ok && opened.data.read, 0);
	});

	test("C7 its members are mentioned, whether they are there or not, and nobody else", async () => {
		const { ada, ben, eve, room, add, entries, chat, store } = await openPrivateRoom();
		await add(ben);
		entries();
		const mentions = [ben.user.id, eve.user.id];
		const send = { room, clientId: "c", content: { body: "hi" }, mentions };
		await new Promise((resolve) => chat.messages.send(ada, send, resolve));
		const { messages } = await store.history(room, { limit: 1 });
		assert.deepEqual(messages[0]?.mentions, [ben.user.id]);
	});

	test("R5 a room that is open to everybody has no members to change, and is not created by trying", async () => {
		const { chat, ada, store } = await openPrivateRoom();
		const request = { room: "lobby", user: ada.user.id };
		assert.equal(refusalOf(await chat.privateRooms.removeMember(ada, request)), "not_found room");
		assert.equal((await store.heads(["lobby"])).size, 0);
		await chat.members.join(ada, "lobby");
		assert.equal(refusalOf(await chat.privateRooms.removeMember(ada, request)), "forbidden room");
	});

	test("L1 new rooms and conversations are limited per user, and known conversations are not", async () => {
		const { chat, connect } = openDomain({ limits: { newRooms: { perSecond: 0.001, burst: 1 } } });
		const [ada, ben] = [connect("ada"), connect("ben")];
		const first = await chat.privateRooms.openDirect(ada, { users: [ben.user.id] });
		assert.ok(first.ok);
		const create = { clientId: CLIENT_ID, title: "The Attic", history: true };
		assert.equal(refusalOf(await chat.privateRooms.create(ada, create)), "rate_limited");
		assert.deepEqual(await chat.privateRooms.openDirect(ada, { users: [ben.user.id, ada.user.id] }), first);
	});

	test("R7 a direct room has two to eight people who are known", async () => {
		const { chat, connect } = openDomain();
		const ada = connect("ada");
		const ids = Array.from({ length: 8 }, (_, index) => connect(`user ${index}`).user.id);
		const open = async (users: string[]) => refusalOf(await chat.privateRooms.openDirect(ada, { users }));
		assert.deepEqual(
			[await open([]), await open([ada.user.id]), await open(ids), await open(["nobody"])],
			["bad_request users", "bad_request users", "bad_request users", "not_found users"],
		);
		assert.equal(await open(ids.slice(1)), "accepted");
	});
});
