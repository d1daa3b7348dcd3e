import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { flushPromises, openDomain, refusalOf } from "../../testing/domain.ts";
import type { Ban } from "../ports/moderation.ts";

const MINUTE_MS = 60_000;
const NOTE = { by: "root", reason: "spam" };

describe("bans", () => {
	test("A2 a ban is stored with its audit entry, applied, and published", async () => {
		const { chat, connect, broadcast, cluster, store, clock } = openDomain();
		connect("ada");
		const ban = { kind: "user", target: "u-ada", name: "ada", createdAt: clock.now(), ...NOTE } as const;
		assert.deepEqual(await chat.moderation.ban({ user: "u-ada" }, NOTE), { ok: true, data: { bans: [ban] } });
		assert.deepEqual([...store.bans.values()], [ban]);
		assert.deepEqual(store.audited, [
			{ act: "ban", target: { user: "u-ada", name: "ada" }, createdAt: clock.now(), ...NOTE, id: 1 },
		]);
		assert.deepEqual(broadcast.disconnected, ["user u-ada: banned"]);
		assert.deepEqual(cluster.published, [{ kind: "ordered", order: { kind: "ban", ban } }]);
	});

	test("A2 a ban that can't be stored is neither applied nor published", async () => {
		const { chat, connect, broadcast, cluster, store } = openDomain();
		connect("ada");
		store.failure = new Error("disk full");
		await assert.rejects(chat.moderation.ban({ user: "u-ada" }, NOTE), /disk full/);
		assert.deepEqual([chat.bans.list(), broadcast.disconnected, cluster.published], [[], [], []]);
	});

	test("A2 a ban with addresses covers current and recent addresses, and never an unknown one", async () => {
		const { chat, connect, broadcast } = openDomain();
		connect("ada", "ada-1", "192.0.2.1");
		connect("ada", "ada-2", "unknown");
		connect("ben", "ben-1", "192.0.2.9");
		chat.lastSeen.record({ id: "u-ada", name: "ada" }, "192.0.2.2");
		const ack = await chat.moderation.ban({ user: "u-ada", withAddresses: true, minutes: 5 }, NOTE);
		assert.deepEqual(ack.ok && ack.data.bans.map(({ kind, target }) => `${kind} ${target}`), [
			"user u-ada",
			"address 192.0.2.1",
			"address 192.0.2.2",
		]);
		assert.deepEqual(broadcast.disconnected, ["user u-ada: banned", "connection ada-1: banned"]);
	});

	test("A2 the addresses that only this process knows of a user are banned when another one publishes the ban", async () => {
		const { chat, connect, cluster, clock } = openDomain();
		connect("ada", "ada-1", "192.0.2.1");
		const ban: Ban = { kind: "user", target: "u-ada", createdAt: clock.now(), until: clock.now() + MINUTE_MS };
		const addresses = () =>
			chat.bans.list().flatMap(({ kind, target, until }) => (kind === "address" ? [[target, until]] : []));
		cluster.handler?.onClusterEvent({ kind: "ordered", order: { kind: "ban", ban } });
		await flushPromises();
		assert.deepEqual(addresses(), []);
		for (const _ of [1, 2])
			cluster.handler?.onClusterEvent({ kind: "ordered", order: { kind: "ban", ban, withAddresses: true } });
		await flushPromises();
		assert.deepEqual(addresses(), [["192.0.2.1", ban.until]]);
		const published = cluster.published.filter(({ kind }) => kind === "ordered");
		assert.ok(published.every((event) => event.kind === "ordered" && !("withAddresses" in event.order)));
	});

	test("A3 a ban from a room ends the membership there, and the user keeps the other rooms", async () => {
		const { chat, member, broadcast } = openDomain();
		const ada = await member("ada", "lobby");
		await chat.members.join(ada, "attic");
		await member("ben", "lobby");
		assert.ok((await chat.moderation.kick("u-ada", { room: "lobby" }, NOTE)).ok);
		assert.deepEqual(broadcast.disconnected, ["connection ada-1: kicked"]);
		assert.deepEqual(
			["lobby", "attic"].map((room) => chat.members.roomOf(ada, room)?.name),
			[undefined, "attic"],
		);
		assert.equal(refusalOf(await chat.members.join(ada, "lobby")), "forbidden room");
	});

	test("A2 a kick is a ban of ten minutes, or of as many as are asked for", async () => {
		const { chat, clock, store } = openDomain();
		for (const [minutes, expected] of [
			[undefined, 10],
			[30, 30],
		] as const) {
			const ack = await chat.moderation.kick("u-ada", { minutes }, NOTE);
			assert.equal(ack.ok && ack.data.bans[0]?.until, clock.now() + expected * MINUTE_MS);
		}
		assert.deepEqual(
			store.audited.map(({ act }) => act),
			["kick", "kick"],
		);
	});

	test("A2 a ban is lifted once, and an unknown one can't be lifted", async () => {
		const { chat, store } = openDomain();
		const target = { kind: "address", target: "192.0.2.1" } as const;
		await chat.moderation.ban({ address: "192.0.2.1", minutes: 5 }, NOTE);
		assert.ok((await chat.moderation.unban(target, NOTE)).ok);
		assert.equal(refusalOf(await chat.moderation.unban(target, NOTE)), "not_found");
		assert.deepEqual(
			[chat.bans.list(), store.bans.size, store.audited.at(-1)?.target],
			[[], 0, { address: "192.0.2.1" }],
		);
	});

	test("A2 the list of bans is paged, newest first", async () => {
		const { chat } = openDomain();
		for (const user of ["a", "b", "c"]) await chat.moderation.ban({ user }, {});
		const page = chat.moderation.bans(0, 2);
		assert.deepEqual([page.bans.map(({ target }) => target), page.more], [["c", "b"], true]);
		assert.deepEqual(
			chat.moderation.bans(2, 2).bans.map(({ target }) => target),
			["a"],
		);
	});

	test("A2 a ban resolves after every message that the user had sent before it", async () => {
		const { chat, member, send, store } = openDomain();
		const ada = await member("ada", "lobby");
		const release = Promise.withResolvers<void>();
		store.held = release.promise;
		const log: string[] = [];
		const sent = send(ada, "lobby", "just before").then(() => log.push("acked"));
		const banned = chat.moderation.ban({ user: "u-ada" }, NOTE).then(() => log.push("banned"));
		await flushPromises();
		assert.deepEqual(log, []);
		release.resolve();
		await Promise.all([sent, banned]);
		assert.deepEqual(log, ["acked", "banned"]);
	});
});

describe("closed rooms", () => {
	test("A5 a room is closed and reopened, each with an audit entry; closing twice changes nothing", async () => {
		const { chat, store, cluster } = openDomain();
		for (const _ of [1, 2]) assert.ok((await chat.moderation.closeRoom("lobby", NOTE)).ok);
		assert.deepEqual([chat.moderation.closedRooms(), [...store.closedRooms]], [["lobby"], ["lobby"]]);
		assert.ok((await chat.moderation.reopenRoom("lobby", NOTE)).ok);
		assert.equal(refusalOf(await chat.moderation.reopenRoom("lobby", NOTE)), "not_found room");
		assert.deepEqual([chat.moderation.closedRooms(), store.closedRooms.size], [[], 0]);
		assert.deepEqual(
			store.audited.map(({ act }) => act),
			["close_room", "close_room", "reopen_room"],
		);
		assert.deepEqual(cluster.published.at(-1), { kind: "ordered", order: { kind: "room_reopened", room: "lobby" } });
	});
});

test("the members of a room are listed by user, with the addresses of their connections", async () => {
	const { chat, connect } = openDomain();
	const first = connect("ada", "ada-1", "192.0.2.1");
	for (const connection of [first, connect("ada", "ada-2", "192.0.2.2"), connect("ben", "ben-1", "192.0.2.1")])
		await chat.members.join(connection, "lobby");
	connect("cleo", "cleo-1", "192.0.2.2");
	assert.deepEqual(chat.moderation.membersOf("lobby"), {
		members: [
			{
				user: first.user,
				connections: 2,
				addresses: [
					{ address: "192.0.2.1", users: 2 },
					{ address: "192.0.2.2", users: 2 },
				],
			},
			{ user: { id: "u-ben", name: "ben" }, connections: 1, addresses: [{ address: "192.0.2.1", users: 2 }] },
		],
		truncated: false,
	});
});
