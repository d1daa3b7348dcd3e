import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ENTRY_CHARS, RESUME_CHARS } from "../protocol/limits.ts";
import type { Entry } from "../protocol/log.ts";
import { BANNED_WORD, flushPromises, GRACE_MS, openDomain, refusalOf } from "../testing/domain.ts";
import { skeletonsOf } from "./presence/confusables.ts";

const seqsOf = (list: readonly { seq: number }[] | undefined) => list?.map(({ seq }) => seq);

describe("joining", () => {
	test("R1 P1 a first join creates the room, and returns its log and the people in it", async () => {
		const { chat, connect, broadcast } = openDomain();
		const ada = connect("ada");
		assert.deepEqual(await chat.members.join(ada, "lobby"), {
			ok: true,
			data: {
				room: "lobby",
				epoch: "epoch 1",
				seq: 0,
				gap: false,
				messages: [],
				presence: { count: 1, members: [ada.user], truncated: false },
			},
		});
		assert.deepEqual([...broadcast.subscribed], ["ada-1 lobby"]);
		assert.equal(chat.members.roomOf(ada, "lobby")?.name, "lobby");
		assert.equal(chat.members.roomOf(ada, "attic"), undefined);
	});

	test("M5 a resume returns the entries after its cursor, from memory or from the store", async () => {
		const { chat, member, store } = openDomain();
		store.commit("lobby", 300);
		const ada = await member("ada", "lobby");
		const near = await chat.members.join(ada, "lobby", { epoch: "epoch 1", seq: 297 });
		assert.deepEqual([near.ok && seqsOf(near.data.entries), store.calls.since], [[298, 299, 300], 0]);
		const far = await chat.members.join(ada, "lobby", { epoch: "epoch 1", seq: 100 });
		assert.deepEqual(far.ok && [far.data.gap, far.data.entries?.length, store.calls.since], [false, 200, 1]);
	});

	test("M5 a cursor of another log starts over with the newest messages", async () => {
		const { chat, member, store } = openDomain();
		store.commit("lobby", 60);
		const ada = await member("ada", "lobby");
		const ack = await chat.members.join(ada, "lobby", { epoch: "another", seq: 59 });
		assert.deepEqual(ack.ok && [ack.data.gap, ack.data.messages?.length, ack.data.messages?.[0]?.seq], [true, 50, 11]);
	});

	test("M5 a resume with more text than RESUME_CHARS starts over", async () => {
		const { chat, member, send } = openDomain({ limits: { messages: { perSecond: 0, burst: 0 } } });
		const ada = await member("ada", "lobby");
		const count = Math.ceil(RESUME_CHARS / (4_000 + ENTRY_CHARS));
		for (let seq = 1; seq <= count; seq++) await send(ada, "lobby", "x".repeat(4_000));
		const resume = async (seq: number) => {
			const ack = await chat.members.join(ada, "lobby", { epoch: "epoch 1", seq });
			return ack.ok && [ack.data.gap, ack.data.entries?.length, ack.data.messages?.length];
		};
		assert.deepEqual(await resume(0), [true, undefined, 50]);
		assert.deepEqual(await resume(1), [false, count - 1, undefined]);
	});

	test("M5 an entry that is committed while a join reads the store is in its ack and not broadcast to it again", async () => {
		const { chat, member, connect, send, store, broadcast, entries } = openDomain();
		store.commit("lobby", 300);
		const ada = await member("ada", "lobby");
		const release = Promise.withResolvers<void>();
		store.held = release.promise;
		const joining = chat.members.join(connect("ben"), "lobby", { epoch: "epoch 1", seq: 100 });
		await flushPromises();
		store.held = Promise.resolve();
		await send(ada, "lobby", "meanwhile");
		await flushPromises();
		assert.ok(!broadcast.subscribed.has("ben-1 lobby"));
		assert.deepEqual(entries(), ["301 meanwhile"]);
		release.resolve();
		const ack = await joining;
		assert.deepEqual(ack.ok && [ack.data.seq, ack.data.entries?.at(-1)?.seq], [301, 301]);
		await flushPromises();
		assert.deepEqual(entries(), []);
	});

	test("M5 entries that wait in the broadcaster are sent before a newcomer subscribes, whose ack has them", async () => {
		const { chat, member, connect, send, broadcast, clock } = openDomain();
		const ada = await member("ada", "lobby");
		const receivers: string[][] = [];
		broadcast.toRoom = (_room, event) => {
			if (event === "room:appended") receivers.push([...broadcast.subscribed]);
			clock.advance(5);
		};
		for (const body of ["one", "two", "three"]) await send(ada, "lobby", body);
		await flushPromises();
		assert.equal(receivers.length, 2, "the third one waits");
		const ack = await chat.members.join(connect("ben"), "lobby");
		assert.equal(ack.ok && ack.data.seq, 3);
		assert.deepEqual(receivers, [["ada-1 lobby"], ["ada-1 lobby"], ["ada-1 lobby"]]);
	});

	test("R2 a name that looks like another's is refused in the same room, and free in another", async () => {
		const { chat, member, connect, cluster } = openDomain();
		await member("ada", "lobby");
		const lookalike = connect("АDА", "x");
		const ack = await chat.members.join(lookalike, "lobby");
		assert.equal(refusalOf(ack), "name_taken name");
		assert.equal(ack.ok || ack.error.message, 'Somebody here is called "АDА" or similar. Pick another name.');
		assert.ok((await chat.members.join(lookalike, "attic")).ok);
		for (const skeleton of skeletonsOf("Ben")) cluster.takenElsewhere.add(skeleton);
		assert.equal(refusalOf(await chat.members.join(connect("ben"), "lobby")), "name_taken name");
		assert.deepEqual([...cluster.places].sort(), ["attic u-АDА", "lobby u-ada"]);
	});

	test("R1 a room whose name has a banned word can't be joined", async () => {
		const { chat, connect } = openDomain();
		const ack = await chat.members.join(connect("ada"), `the ${BANNED_WORD} room`);
		assert.equal(refusalOf(ack), "bad_request room");
	});

	test("L1 joins are limited per user", async () => {
		const { chat, member, clock } = openDomain({ limits: { joins: { perSecond: 1, burst: 2 } } });
		const ada = await member("ada", "lobby");
		assert.ok((await chat.members.join(ada, "lobby")).ok);
		const ack = await chat.members.join(ada, "lobby");
		assert.deepEqual(!ack.ok && [ack.error.code, ack.error.retryAfterMs], ["rate_limited", 1_000]);
		clock.advance(1_000);
		assert.ok((await chat.members.join(ada, "lobby")).ok);
	});

	test("L1 a connection is in a bounded number of rooms, also with joins in parallel, and may rejoin one", async () => {
		const { chat, connect } = openDomain({ limits: { roomsPerConnection: 2 } });
		const ada = connect("ada");
		const acks = await Promise.all(["one", "two", "three"].map((room) => chat.members.join(ada, room)));
		assert.deepEqual(acks.map(refusalOf), ["accepted", "accepted", "forbidden room"]);
		assert.ok((await chat.members.join(ada, "one")).ok);
		assert.ok(chat.members.leave(ada, "one").ok);
		assert.ok((await chat.members.join(ada, "three")).ok);
	});

	test("A3 a user who is banned from a room can't join it, also if the ban came during the join", async () => {
		const { chat, connect, store } = openDomain();
		store.commit("lobby", 300);
		const ada = connect("ada");
		const release = Promise.withResolvers<void>();
		store.held = release.promise;
		const joining = chat.members.join(ada, "lobby");
		await flushPromises();
		chat.bans.add({ kind: "user", target: "u-ada", room: "lobby", createdAt: 0 });
		release.resolve();
		assert.equal(refusalOf(await joining), "forbidden room");
		assert.equal(refusalOf(await chat.members.join(ada, "lobby")), "forbidden room");
		assert.equal(chat.openRoomCount, 0);
	});

	test("R1 a join is refused as retryable where its connection closes, or its room is dropped, meanwhile", async () => {
		for (const moment of ["closed", "dropped"] as const) {
			const { chat, connect, store, broadcast, cluster } = openDomain();
			store.commit("lobby", 300);
			const ada = connect("ada");
			await chat.members.join(connect("ben"), "lobby");
			const release = Promise.withResolvers<void>();
			store.held = release.promise;
			const joining = chat.members.join(ada, "lobby", { epoch: "epoch 1", seq: 100 });
			await flushPromises();
			if (moment === "closed") chat.members.disconnect(ada, false);
			else cluster.handler?.onClusterEvent({ kind: "room_removed", room: "lobby" });
			release.resolve();
			const ack = await joining;
			assert.deepEqual(!ack.ok && [ack.error.code, ack.error.retryable], ["unavailable", true], moment);
			assert.ok(!broadcast.subscribed.has("ada-1 lobby"), moment);
			assert.ok(!cluster.places.has("lobby u-ada"), moment);
		}
	});

	test("a join is refused as retryable where the room's log advances faster than the store responds", async () => {
		const { chat, connect, store, cluster } = openDomain();
		store.commit("lobby", 300);
		await chat.members.join(connect("ben"), "lobby");
		let head = 300;
		// More removals than the tail holds: it has too few messages, and what was read is older than the tail.
		const advance = () => {
			const entries = Array.from(
				{ length: 129 },
				(_, index): Entry => ({ kind: "removal", seq: ++head, target: 300 - index, createdAt: 0 }),
			);
			cluster.handler?.onRoomEvent("lobby", { kind: "appended", entries }, "another");
		};
		advance();
		const history = store.history.bind(store);
		store.history = async (...args) => {
			const page = await history(...args);
			advance();
			return page;
		};
		const ack = await chat.members.join(connect("ada"), "lobby");
		assert.deepEqual(!ack.ok && [ack.error.code, ack.error.retryable], ["unavailable", true]);
	});

	test("a join that the store can't serve rejects, and leaves nothing behind", async () => {
		const { chat, connect, store, cluster } = openDomain();
		store.held = Promise.reject(new Error("away"));
		await assert.rejects(chat.members.join(connect("ada"), "lobby"), /away/);
		assert.deepEqual([chat.openRoomCount, cluster.followed.size, cluster.places.size], [0, 0, 0]);
	});
});

describe("leaving", () => {
	test("R3 P2 a leave ends the subscription and the presence at once; a second one is refused", async () => {
		const { chat, member, broadcast, clock } = openDomain();
		const ada = await member("ada", "lobby");
		await member("ben", "lobby");
		clock.advance(1_000);
		broadcast.take();
		assert.ok(chat.members.leave(ada, "lobby").ok);
		assert.equal(refusalOf(chat.members.leave(ada, "lobby")), "not_found room");
		clock.advance(1_000);
		const diff = { room: "lobby", joins: [], leaves: [ada.user], count: 1 };
		assert.deepEqual(
			broadcast.take().map(({ payload }) => payload),
			[diff],
		);
		assert.deepEqual([...broadcast.subscribed], ["ben-1 lobby"]);
	});

	test("M5 entries that wait in the broadcaster are sent before a member leaves", async () => {
		const { chat, member, send, broadcast, clock, entries } = openDomain();
		const ada = await member("ada", "lobby");
		const toRoom = broadcast.toRoom;
		broadcast.toRoom = (...args) => {
			clock.advance(5);
			toRoom(...args);
		};
		for (const body of ["one", "two", "three"]) await send(ada, "lobby", body);
		await flushPromises();
		assert.deepEqual(entries(), ["1 one", "2 two"]);
		chat.members.leave(ada, "lobby");
		assert.deepEqual(entries(), ["3 three"]);
	});

	test("P2 a disconnect ends the membership at once and the presence after the grace period", async () => {
		const { chat, member, clock } = openDomain();
		const ada = await member("ada", "lobby");
		chat.members.disconnect(ada, false);
		assert.equal(chat.members.roomOf(ada, "lobby"), undefined);
		clock.advance(GRACE_MS - 1);
		assert.equal(chat.openRoomCount, 1);
		clock.advance(1);
		assert.deepEqual([chat.openRoomCount, clock.pending], [0, 0]);
		const ben = await member("ben", "lobby");
		chat.members.disconnect(ben, true);
		assert.equal(chat.openRoomCount, 0);
	});
});
