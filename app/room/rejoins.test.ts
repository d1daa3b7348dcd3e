import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ENTRY_CHARS, RESUME_CHARS } from "../protocol/limits.ts";
import type { Connection } from "../room/ports/broadcast.ts";
import { openDomain, refusalOf } from "../testing/domain.ts";
import { StoreUnavailable } from "./ports/store.ts";
import { accept, refuse } from "./refusals.ts";
import type { JoinRequest } from "./rejoins.ts";

const ONE_JOIN = { joins: { perSecond: 0.001, burst: 1 } };

function openRejoins(options: Parameters<typeof openDomain>[0] = {}) {
	const domain = openDomain(options);
	async function rejoin(connection: Connection, ...joins: (string | JoinRequest)[]) {
		const requests = joins.map((join) => accept(typeof join === "string" ? { room: join } : join));
		const ack = await domain.chat.members.rejoin(connection, requests);
		assert.ok(ack.ok);
		return ack.data;
	}
	return { ...domain, rejoin };
}

describe("rooms:join", () => {
	test("R4 each room has the ack of a join, in the order of the request", async () => {
		const { chat, connect, rejoin, store } = openRejoins();
		store.commit("attic", 3);
		const ada = connect("ada");
		const acks = await rejoin(ada, "lobby", { room: "attic", after: { epoch: "epoch 1", seq: 1 } }, "lobby");
		const again = await chat.members.join(ada, "lobby");
		assert.deepEqual(acks[0], again);
		assert.deepEqual(acks[2], again);
		const attic = acks[1]!;
		assert.deepEqual(attic.ok && [attic.data.room, attic.data.entries?.map(({ seq }) => seq)], ["attic", [2, 3]]);
	});

	test("R4 a refused room refuses none of the others", async () => {
		const { chat, connect } = openRejoins({ limits: { roomsPerConnection: 2 } });
		const invalid = refuse("bad_request", "A room's name is a text.");
		const requests = [invalid, ...["one", "two", "three"].map((room) => accept({ room }))];
		const ack = await chat.members.rejoin(connect("ada"), requests);
		assert.deepEqual(ack.ok && ack.data.map(refusalOf), ["bad_request", "accepted", "accepted", "forbidden room"]);
	});

	test("R4 a room that the store can't read at the moment is refused, and the others are joined", async () => {
		const { connect, rejoin, store } = openRejoins();
		const open = store.open.bind(store);
		store.open = (room, ...rest) =>
			room === "attic" ? Promise.reject(new StoreUnavailable("Not now.")) : open(room, ...rest);
		const acks = await rejoin(connect("ada"), "attic", "lobby");
		assert.deepEqual(acks.map(refusalOf), ["unavailable", "accepted"]);
	});

	test("R4 an ack that is long enough refuses the remaining rooms, which are joined in the next one", async () => {
		const { member, connect, send, rejoin } = openRejoins({ limits: { messages: { perSecond: 0, burst: 0 } } });
		const ada = await member("ada", "one");
		await rejoin(ada, "two", "three");
		const messages = Math.ceil(RESUME_CHARS / (4_000 + ENTRY_CHARS) / 2) + 1;
		for (const room of ["one", "two", "three"])
			for (let index = 0; index < messages; index++) await send(ada, room, "x".repeat(4_000));
		const bob = connect("bob");
		const acks = await rejoin(bob, "one", "two", "three");
		assert.deepEqual(acks.map(refusalOf), ["accepted", "accepted", "unavailable"]);
		const [, , third] = acks;
		assert.equal(third && !third.ok && third.error.retryAfterMs, 0);
		assert.deepEqual((await rejoin(bob, "three")).map(refusalOf), ["accepted"]);
	});
});

describe("the rate of rejoins", () => {
	test("L1 a user who is in the room, or was a moment ago, joins again without a token of the joins", async () => {
		const { chat, member, connect, rejoin } = openRejoins({ limits: ONE_JOIN });
		const ada = await member("ada", "lobby");
		assert.deepEqual((await rejoin(connect("ada", "ada-2"), "lobby")).map(refusalOf), ["accepted"]);
		chat.members.disconnect(ada, false);
		assert.deepEqual((await rejoin(connect("ada", "ada-3"), "lobby", "new")).map(refusalOf), [
			"accepted",
			"rate_limited",
		]);
	});

	test("L1 a user who knows the room's epoch joins again without a token of the joins, also after a restart", async () => {
		const { connect, rejoin, store } = openRejoins({ limits: ONE_JOIN });
		store.commit("lobby", 2);
		const before = store.calls.heads;
		const [known, forged] = ["epoch 1", "another"].map((epoch) => ({ room: "lobby", after: { epoch, seq: 1 } }));
		assert.deepEqual((await rejoin(connect("ada"), "spent", known!)).map(refusalOf), ["accepted", "accepted"]);
		const eve = connect("eve");
		assert.deepEqual((await rejoin(eve, "spent too", forged!)).map(refusalOf), ["accepted", "rate_limited"]);
		assert.equal(store.calls.heads - before, 1, "an open room's epoch is in memory");
	});

	test("L1 rejoins are limited too, and room:join always takes a token of the joins", async () => {
		const limits = { joins: { perSecond: 0.001, burst: 2 }, rejoins: { perSecond: 1, burst: 2 } };
		const { chat, member, rejoin, clock } = openRejoins({ limits });
		const ada = await member("ada", "lobby");
		assert.deepEqual((await rejoin(ada, "lobby", "lobby", "lobby")).map(refusalOf), [
			"accepted",
			"accepted",
			"rate_limited",
		]);
		clock.advance(1_000);
		assert.deepEqual((await rejoin(ada, "lobby")).map(refusalOf), ["accepted"]);
		assert.equal(refusalOf(await chat.members.join(ada, "lobby")), "accepted");
		assert.equal(refusalOf(await chat.members.join(ada, "lobby")), "rate_limited");
	});
});
