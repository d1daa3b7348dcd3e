import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { waitFor } from "../../load/kit/wait-for.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { JoinData, JoinsData } from "../protocol/room.ts";
import { StoreUnavailable } from "../room/ports/store.ts";
import type { TestClient } from "../testing/client.ts";
import { startServer, type TestChat } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";

const seqs = (list: readonly { seq: number }[] | undefined) => list?.map(({ seq }) => seq);
const codeOf = (ack: Awaited<ReturnType<TestClient["request"]>>) => (ack.ok ? "ok" : ack.error.code);

describe("rooms", () => {
	test("R1 spellings of one name are one room, which exists from its first join", async (t) => {
		const server = await openChat(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		assert.equal((await ada.join("  The LOBBY ")).room, "the lobby");
		assert.equal((await bob.join("the lobby")).presence.count, 2);
		await ada.send("THE LOBBY", "hi");
		await bob.entry("the lobby", 1);
		const response = await fetch(`${server.url}/api/rooms`, { headers: { cookie: `session=${ada.session.token}` } });
		const { rooms } = (await response.json()) as { rooms: { room: string; present: number }[] };
		assert.deepEqual(
			rooms.map(({ room, present }) => [room, present]),
			[["the lobby", 2]],
		);
	});

	test("R1 rooms named like an object's properties or a socket's id are rooms like any other", async (t) => {
		const server = await openChat(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		for (const room of ["__proto__", "constructor", String(bob.socket.id).toLowerCase(), "..", "💬", "<b>"]) {
			await ada.join(room);
			await ada.send(room, "for myself");
			await ada.entry(room, 1);
		}
		assert.deepEqual(bob.received("room:appended"), []);
	});

	test("R2 a second user with the same or a confusable name is refused in the room, and accepted in another", async (t) => {
		const server = await openChat(t);
		const [ada, other] = [await server.client("Ada"), await server.client("аdа")];
		await ada.join("lobby");
		const refused = await other.request("room:join", { room: "lobby" });
		assert.ok(!refused.ok);
		assert.deepEqual([refused.error.code, refused.error.field], ["name_taken", "name"]);
		await other.join("elsewhere");
		await ada.request("room:leave", { room: "lobby" });
		// Another process learns of it a moment later.
		await waitFor("the free name", async () => (await other.request("room:join", { room: "lobby" })).ok);
	});

	test("R3 a user who is not in a room can't send, read or type there, whether the room exists or not", async (t) => {
		const server = await openChat(t);
		const [ada, eve] = [await server.client("ada"), await server.client("eve")];
		await ada.join("lobby");
		await ada.send("lobby", "between us");
		const answers = [];
		for (const room of ["lobby", "nowhere"]) {
			answers.push([
				await eve.request("message:send", { room, clientId: randomUUID(), body: "boo" }),
				await eve.request("message:history", { room }),
				await eve.request("log:since", { room, after: 0 }),
				await eve.request("room:leave", { room }),
				await eve.request("typing:start", { room }),
			]);
		}
		assert.deepEqual(answers[0], answers[1]);
		for (const ack of answers[0] ?? []) assert.equal(codeOf(ack), "not_found");
		await ada.request("room:leave", { room: "lobby" });
		assert.equal(codeOf(await ada.request("message:history", { room: "lobby" })), "not_found", "members only, still");
	});

	test("R4 rooms:join joins up to 20 rooms, and reports each one by itself", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("ada");
		const rooms = ["The LOBBY", "", "attic"].map((room) => ({ room }));
		const ack: Ack<JoinsData> = await ada.request("rooms:join", { rooms });
		assert.ok(ack.ok);
		assert.deepEqual(
			ack.data.map((one) => (one.ok ? one.data.room : one.error.code)),
			["the lobby", "bad_request", "attic"],
		);
		await ada.send("attic", "hi");
		await ada.entry("attic", 1);
		for (const refused of [[], Array.from({ length: 21 }, (_, index) => ({ room: `room ${index}` })), "lobby"])
			assert.equal(codeOf(await ada.request("rooms:join", { rooms: refused })), "bad_request");
	});

	test("R4 a connection whose rooms are being read waits with further reads", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		const release = Promise.withResolvers<void>();
		const open = server.store.open.bind(server.store);
		server.store.open = async (...args) => {
			await release.promise;
			return open(...args);
		};
		const rooms = Array.from({ length: 20 }, (_, index) => ({ room: `room ${index}` }));
		const joining = ada.request("rooms:join", { rooms });
		assert.equal(codeOf(await ada.request("room:join", { room: "one more" })), "rate_limited");
		release.resolve();
		assert.equal(codeOf(await joining), "ok");
	});

	test("L1 a connection is in a limited number of rooms, and a repeated join does not count", async (t) => {
		const server = await openChat(t, { env: { LIMIT_ROOMS_PER_CONNECTION: "2" } });
		const ada = await server.client("ada");
		for (const room of ["one", "two", "one"]) await ada.join(room);
		const third = await ada.request("room:join", { room: "three" });
		assert.ok(!third.ok && third.error.code === "forbidden" && /leave one/.test(third.error.message));
		await ada.request("room:leave", { room: "one" });
		await ada.join("three");
	});

	test("L1 joins are limited per user", async (t) => {
		const server = await openChat(t, { env: { LIMIT_JOINS_PER_S: "0.1", LIMIT_JOINS_BURST: "3" } });
		const ada = await server.client("ada");
		for (const room of ["one", "two", "three"]) await ada.join(room);
		const limited = await ada.request("room:join", { room: "four" });
		assert.ok(!limited.ok && limited.error.code === "rate_limited" && (limited.error.retryAfterMs ?? 0) > 0);
	});
});

describe("resuming", () => {
	async function withMessages<Server extends TestChat>(server: Server, count: number) {
		const ada = await server.client("ada");
		const { epoch } = await ada.join("lobby");
		await Promise.all(Array.from({ length: count }, (_, i) => ada.send("lobby", `${i + 1}`)));
		return { server, ada, epoch, bob: await server.client("bob") };
	}

	test("M5 a resume returns every entry after its cursor", async (t) => {
		const { bob, epoch } = await withMessages(await openChat(t), 20);
		const resumed = await bob.join("lobby", { epoch, seq: 15 });
		assert.deepEqual([seqs(resumed.entries), resumed.gap, resumed.seq], [[16, 17, 18, 19, 20], false, 20]);
		assert.equal(resumed.messages, undefined);
	});

	test("M5 2,000 entries are replayed from the store, 2,001 start over with the newest 50", async (t) => {
		const { bob, epoch } = await withMessages(await openChat(t), 2_001);
		const resumed = await bob.join("lobby", { epoch, seq: 1 });
		assert.deepEqual([resumed.entries?.length, resumed.entries?.[0]?.seq, resumed.gap], [2_000, 2, false]);
		const late = await bob.join("lobby", { epoch, seq: 0 });
		assert.deepEqual([late.messages?.length, late.messages?.[0]?.seq, late.gap], [50, 1_952, true]);
	});

	test("M5 a resume with too much text for a slow connection starts over, and is not disconnected", async (t) => {
		const { ada, bob, epoch } = await withMessages(await openChat(t), 1);
		for (let i = 0; i < 300; i++) await ada.send("lobby", "x".repeat(4_000));
		const late = await bob.join("lobby", { epoch, seq: 1 });
		assert.deepEqual([late.messages?.length, late.messages?.[0]?.seq, late.seq, late.gap], [50, 252, 301, true]);
		const resumed = await bob.join("lobby", { epoch, seq: 240 });
		assert.deepEqual([resumed.entries?.length, resumed.gap], [61, false]);
		assert.ok(bob.socket.connected);
	});

	test("a cursor with another epoch or an unknown seq starts over", async (t) => {
		const { bob, epoch } = await withMessages(await openChat(t), 3);
		for (const after of [
			{ epoch: "other", seq: 1 },
			{ epoch, seq: 4 },
		]) {
			const { gap, messages } = await bob.join("lobby", after);
			assert.deepEqual([gap, seqs(messages)], [true, [1, 2, 3]]);
		}
	});

	test("M5 a resume during new messages returns every entry once, in order", async (t) => {
		const { server, ada, epoch } = await withMessages(await openChat(t), 1);
		const room = "lobby";
		let isTalking = true;
		const talk = (async () => {
			for (let n = 0; isTalking; n++) await ada.send(room, `m${n}`);
		})();
		for (let round = 0; round < 20; round++) {
			const guest = await server.client(`guest ${round}`);
			const joined: JoinData = await guest.join(room, { epoch, seq: 1 });
			await guest.entry(room, joined.seq + 5);
			const seen = [...(seqs(joined.entries) ?? []), ...(seqs(guest.entries(room)) ?? [])];
			assert.deepEqual(
				seen,
				Array.from(seen, (_, i) => i + 2),
			);
			guest.close();
		}
		isTalking = false;
		await talk;
	});

	test("M1 M3 messages of before a restart have the same seq after it", async (t) => {
		const { server, epoch } = await withMessages(await openChat(t), 10);
		const again = await openChat(t, { dataFolder: server.dataFolder });
		const cleo = await again.client("cleo");
		const resumed = await cleo.join("lobby", { epoch, seq: 7 });
		assert.deepEqual([seqs(resumed.entries), resumed.gap], [[8, 9, 10], false]);
		assert.equal((await cleo.send("lobby", "on we go")).seq, 11);
	});

	test("the removal of a room disconnects its members, who rejoin an empty room", async (t) => {
		const { server, ada } = await withMessages(await startServer(t), 3);
		assert.ok((await server.chat.rooms.remove("lobby")).ok);
		await ada.until(() => ada.socket.disconnected, "its disconnect");
		assert.match(await server.metrics.text(), /disconnects_total\{reason="room_removed"\} 1$/m);
		const back = await server.connect(ada.session);
		const joined = await back.join("lobby", { epoch: "old", seq: 3 });
		assert.deepEqual([joined.seq, joined.gap, joined.messages], [0, true, []]);
	});

	test("a partially removed room does not show its old content", async (t) => {
		const { server, ada } = await withMessages(await startServer(t), 3);
		const remove = server.store.removeRoom.bind(server.store);
		server.store.removeRoom = async (room) => {
			await remove(room);
			throw new StoreUnavailable("The disk went away.");
		};
		await assert.rejects(server.chat.rooms.remove("lobby"), StoreUnavailable);
		await ada.until(() => ada.socket.disconnected, "its disconnect");
		const back = await server.connect(ada.session);
		assert.equal((await back.join("lobby")).seq, 0);
		await back.send("lobby", "again");
		await back.entry("lobby", 1);
	});

	test("a room that is removed while it opens is read again", async (t) => {
		const { server, ada, epoch } = await withMessages(await startServer(t), 3);
		await ada.request("room:leave", { room: "lobby" });
		const open = server.store.open.bind(server.store);
		let removed: unknown;
		server.store.open = async (...args) => {
			const log = await open(...args);
			removed ??= await server.chat.rooms.remove("lobby");
			return log;
		};
		const joined = await ada.join("lobby");
		assert.deepEqual([removed, joined.seq, joined.messages], [{ ok: true, data: {} }, 0, []]);
		assert.notEqual(joined.epoch, epoch);
		await ada.send("lobby", "again");
		await ada.entry("lobby", 1);
	});

	test("L1 concurrent joins count towards the limit", async (t) => {
		const server = await startServer(t, { env: { LIMIT_ROOMS_PER_CONNECTION: "2" } });
		const eve = await server.client("eve");
		const acks = await Promise.all([1, 2, 3, 4, 5].map((i) => eve.request("room:join", { room: `room ${i}` })));
		assert.equal(acks.filter(({ ok }) => ok).length, 2);
		assert.equal(server.chat.openRoomCount, 2, "the other rooms are closed");
	});
});
