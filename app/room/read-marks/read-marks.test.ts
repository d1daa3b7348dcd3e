import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JoinData } from "../../protocol/room.ts";
import { flushPromises, openDomain, refusalOf } from "../../testing/domain.ts";
import type { Connection } from "../ports/broadcast.ts";
import { WRITE_EVERY_MS } from "./unwritten-moves.ts";

/** Ada on a laptop and a phone, and bob, in a room with ten messages. */
async function setUp(limits = {}) {
	const domain = openDomain({ limits });
	const { chat, store, connect, broadcast, cluster } = domain;
	store.commit("lobby", 10);
	const join = async (connection: Connection): Promise<JoinData> => {
		const ack = await chat.members.join(connection, "lobby");
		assert.ok(ack.ok);
		return ack.data;
	};
	const [laptop, phone, bob] = [connect("ada", "laptop"), connect("ada", "phone"), connect("bob")];
	const { epoch } = await join(laptop);
	await join(phone);
	await join(bob);
	broadcast.take();
	cluster.published.length = 0;
	const read = (seq: number, rest: { back?: true; epoch?: string } = {}, connection = laptop) =>
		refusalOf(chat.readMarks.move(connection, { room: "lobby", epoch, seq, ...rest }));
	const moved = () => broadcast.take().map(({ to, event, payload }) => [to, event, payload]);
	return { ...domain, epoch, laptop, phone, bob, join, read, moved };
}

describe("read marks", () => {
	test("U1 a move reaches the user's other connections, and nobody else's", async () => {
		const { read, moved, epoch } = await setUp();
		assert.equal(read(4), "accepted");
		assert.deepEqual(moved(), [["phone", "read:moved", { room: "lobby", epoch, seq: 4 }]]);
		assert.equal(read(3), "accepted");
		assert.deepEqual(moved(), [], "a mark moves forward");
		read(2, { back: true });
		assert.deepEqual(moved(), [["phone", "read:moved", { room: "lobby", epoch, seq: 2, back: true }]]);
		read(99);
		assert.deepEqual(moved(), [["phone", "read:moved", { room: "lobby", epoch, seq: 10 }]], "at most the head");
	});

	test("U2 moves are written once in three seconds, the newest of each mark", async () => {
		const { read, store, clock, phone } = await setUp();
		for (let seq = 1; seq <= 5; seq++) read(seq);
		read(7, {}, phone);
		assert.deepEqual(store.moves, []);
		clock.advance(WRITE_EVERY_MS);
		await flushPromises();
		assert.deepEqual(store.moves.splice(0), ["u-ada lobby 7"]);
		read(8);
		read(3, { back: true });
		read(5);
		clock.advance(WRITE_EVERY_MS - 1);
		await flushPromises();
		assert.deepEqual(store.moves, [], "three seconds after the last write");
		clock.advance(1);
		await flushPromises();
		assert.deepEqual(store.moves.splice(0), ["u-ada lobby 5 back"], "from where it was moved back to");
	});

	test("U2 what can't be written is written later", async () => {
		const { read, store, clock, errors } = await setUp();
		store.failure = new Error("no disk");
		read(4);
		clock.advance(WRITE_EVERY_MS);
		await flushPromises();
		assert.deepEqual(errors, ["writing read marks: no disk"]);
		store.failure = undefined;
		clock.advance(WRITE_EVERY_MS);
		await flushPromises();
		assert.deepEqual(store.moves, ["u-ada lobby 4"]);
	});

	test("U2 a server that stops has written every move", async () => {
		const { read, store, chat } = await setUp();
		read(4);
		await chat.drain();
		assert.deepEqual(store.moves, ["u-ada lobby 4"]);
	});

	test("U3 a join has the mark, written or not", async () => {
		const { read, join, connect, clock } = await setUp();
		const joined = async (id: string) => (await join(connect("ada", id))).read;
		assert.equal(await joined("first"), undefined);
		read(4);
		assert.equal(await joined("second"), 4);
		clock.advance(WRITE_EVERY_MS);
		await flushPromises();
		assert.equal(await joined("third"), 4);
		read(2, { back: true });
		assert.equal(await joined("fourth"), 2);
		assert.equal((await join(connect("bob", "bob-2"))).read, undefined);
	});

	test("U3 many joins at once read their marks together", async () => {
		const { join, connect, store } = await setUp();
		const release = Promise.withResolvers<void>();
		store.held = release.promise;
		store.markReads.length = 0;
		const joins = Array.from({ length: 200 }, (_, index) => join(connect(`guest ${index}`)));
		await flushPromises();
		release.resolve();
		await Promise.all(joins);
		assert.deepEqual(store.markReads, [1, 199]);
	});

	test("R3 only a member moves a mark, in the log that the room has", async () => {
		const { read, chat, bob, connect } = await setUp();
		assert.equal(read(1, { epoch: "another" }), "not_found epoch");
		const guest = connect("eve");
		assert.equal(read(1, {}, guest), "not_found room");
		chat.members.leave(bob, "lobby");
		assert.equal(read(1, {}, bob), "not_found room");
	});

	test("L1 moves are limited", async () => {
		const { read, bob } = await setUp({ readMarks: { perSecond: 1, burst: 2 } });
		assert.deepEqual([read(1), read(2), read(3)], ["accepted", "accepted", "rate_limited"]);
		assert.equal(read(1, {}, bob), "accepted", "per user");
	});

	test("U1 a move is published for a user who is on another process, also one who enters there", async () => {
		const { read, cluster, epoch } = await setUp();
		const ada = { id: "u-ada", name: "ada" };
		const published = () => cluster.published.splice(0).filter(({ kind }) => kind === "read");
		read(3);
		assert.deepEqual(published(), []);
		cluster.handler!.onPersonEvent("lobby", ada, true);
		assert.deepEqual(published(), [{ kind: "read", user: "u-ada", moved: { epoch, seq: 3 } }]);
		read(5);
		assert.deepEqual(published(), [{ kind: "read", user: "u-ada", moved: { epoch, seq: 5 } }]);
	});

	test("U1 a move on another process reaches the connections here, and replaces what waits", async () => {
		const { read, moved, cluster, epoch, store, clock, join, connect } = await setUp();
		const receive = (seq: number, back?: true) =>
			cluster.handler!.onRoomEvent("lobby", { kind: "read", user: "u-ada", moved: { epoch, seq, back } }, "another");
		read(5);
		moved();
		receive(4);
		assert.deepEqual(moved(), [], "it comes late");
		receive(6);
		receive(2, true);
		assert.deepEqual(
			moved().map(([to, , payload]) => [to, (payload as { seq: number }).seq]),
			[
				["laptop", 6],
				["phone", 6],
				["laptop", 2],
				["phone", 2],
			],
		);
		clock.advance(WRITE_EVERY_MS);
		await flushPromises();
		assert.deepEqual(store.moves, [], "the other process writes them");
		receive(7);
		assert.equal((await join(connect("ada", "tablet"))).read, 7, "also before they are stored");
	});
});
