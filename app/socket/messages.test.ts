import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { SinceData } from "../protocol/log.ts";
import type { HistoryData } from "../protocol/message.ts";
import { StoreUnavailable } from "../room/ports/store.ts";
import { startServer } from "../testing/harness.ts";
import { type ChatOptions, openChat } from "../testing/open-chat.ts";

for (const transport of ["websocket", "polling"]) {
	const options = { transports: [transport] };
	// Polling opens many connections, which must reach the same process.
	const chat: ChatOptions = transport === "polling" ? { processes: 1 } : {};

	describe(`messages over ${transport}`, () => {
		test("M3 M4 M5 every member receives every message in order, and the author receives the ack first", async (t) => {
			const server = await openChat(t, chat);
			const [ada, bob] = [await server.client("ada", options), await server.client("bob", options)];
			for (const client of [ada, bob]) await client.join("lobby");
			const acked: number[] = [];
			const seen: string[] = [];
			ada.socket.on("room:appended", ({ entries }) => seen.push(...entries.map(({ seq }) => `entry ${seq}`)));
			for (let i = 0; i < 100; i++) {
				// A callback: a promise would settle after the other packets of the same read.
				ada.socket.emit("message:send", { room: "lobby", clientId: randomUUID(), body: `message ${i}` }, (ack) => {
					assert.ok(ack.ok);
					acked.push(ack.data.seq);
					seen.push(`ack ${ack.data.seq}`);
				});
			}
			await bob.entry("lobby", 100);
			await ada.entry("lobby", 100);
			const expected = Array.from({ length: 100 }, (_, i) => i + 1);
			assert.deepEqual(acked, expected);
			for (const client of [ada, bob])
				assert.deepEqual(
					client.entries("lobby").map((entry) => [entry.seq, entry.kind === "message" && entry.body]),
					expected.map((seq) => [seq, `message ${seq - 1}`]),
				);
			for (const seq of expected) assert.ok(seen.indexOf(`ack ${seq}`) < seen.indexOf(`entry ${seq}`), `${seq}`);
		});

		test("a location is delivered like a text", async (t) => {
			const server = await openChat(t, chat);
			const ada = await server.client("ada", options);
			await ada.join("lobby");
			const location = { latitude: 59.3293, longitude: 18.0686, accuracy: 12 };
			await ada.request("message:send", { room: "lobby", clientId: randomUUID(), location });
			const entry = await ada.entry("lobby", 1);
			assert.deepEqual(entry.kind === "message" && entry.location, location);
			assert.ok(!("body" in entry));
		});
	});
}

describe("messages", () => {
	test("M1 an ack means that the message is in the store", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const { seq } = await ada.send("lobby", "durable");
		const { messages } = await server.store.history("lobby", { limit: 10 });
		assert.deepEqual(
			messages.map((message) => [message.seq, message.body]),
			[[seq, "durable"]],
		);
	});

	test("M1 without a commit there is no ack and no delivery, and the chat recovers by itself", async (t) => {
		const server = await startServer(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		for (const client of [ada, bob]) await client.join("lobby");
		const append = server.store.append.bind(server.store);
		server.store.append = () => Promise.reject(new StoreUnavailable("no space left on device"));
		const clientId = randomUUID();
		const refused = await ada.request("message:send", { room: "lobby", clientId, body: "hi" });
		assert.ok(!refused.ok);
		assert.deepEqual([refused.error.code, refused.error.retryable], ["unavailable", true]);
		server.store.append = append;
		assert.equal((await ada.send("lobby", "hi", clientId)).seq, 1);
		await bob.entry("lobby", 1);
		assert.equal(bob.entries("lobby").length, 1);
	});

	test("M5 if entries of the store were not broadcast, members detect the gap and log:since fills it", async (t) => {
		const server = await startServer(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		for (const client of [ada, bob]) await client.join("lobby");
		const content = { body: "from a process that died before it could tell" };
		const other = {
			kind: "message",
			room: "lobby",
			author: bob.user,
			clientId: randomUUID(),
			content,
			createdAt: 0,
		} as const;
		await server.store.append([other, { ...other, clientId: randomUUID() }]);
		assert.equal((await ada.send("lobby", "hello")).seq, 3);
		await bob.entry("lobby", 3);
		const since = (await bob.request("log:since", { room: "lobby", after: 0 })) as { ok: true; data: SinceData };
		assert.deepEqual(
			since.data.entries.map(({ seq }) => seq),
			[1, 2, 3],
		);
		const cleo = await server.client("cleo");
		assert.deepEqual(
			(await cleo.join("lobby")).messages?.map(({ seq }) => seq),
			[1, 2, 3],
		);
	});

	test("M2 M5 a message that was committed and not broadcast is broadcast when its author sends it again", async (t) => {
		const server = await startServer(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		for (const client of [ada, bob]) await client.join("lobby");
		const append = server.store.append.bind(server.store);
		server.store.append = async (batch) => {
			await append(batch);
			throw new StoreUnavailable("the thread died with the answer");
		};
		const clientId = randomUUID();
		const first = await ada.request("message:send", { room: "lobby", clientId, body: "hello" });
		assert.ok(!first.ok && first.error.retryable);
		server.store.append = append;
		assert.equal((await ada.send("lobby", "hello", clientId)).seq, 1);
		for (const client of [ada, bob]) await client.entry("lobby", 1);
		await ada.send("lobby", "again");
		await bob.entry("lobby", 2);
		assert.equal(bob.entries("lobby").length, 2);
	});

	test("M2 a repeat is acknowledged with the first one's position and not broadcast", async (t) => {
		const server = await openChat(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		for (const client of [ada, bob]) await client.join("lobby");
		const clientId = randomUUID();
		const [first, ...repeats] = await Promise.all(
			Array.from({ length: 10 }, () => ada.send("lobby", "once", clientId)),
		);
		for (const repeat of repeats) assert.deepEqual(repeat, first);
		assert.deepEqual(await ada.send("lobby", "another text", clientId.toUpperCase()), first);
		assert.equal((await bob.send("lobby", "mine", clientId)).seq, 2, "another author may have the same id");
		await bob.entry("lobby", 2);
		assert.equal(bob.entries("lobby").length, 2);
	});

	test("M6 a removed message is absent from history and replayed as a removal", async (t) => {
		const server = await openChat(t, { env: { ADMIN_TOKEN: "the-admins-token" } });
		const ada = await server.client("ada");
		const { epoch } = await ada.join("lobby");
		for (const body of ["one", "regretted", "three"]) await ada.send("lobby", body);
		const remove = (seq: number) =>
			fetch(`${server.url}/api/rooms/lobby/messages/${seq}`, {
				method: "DELETE",
				headers: { authorization: "Bearer the-admins-token" },
			});
		assert.equal((await remove(2)).status, 204);
		const entry = await ada.entry("lobby", 4);
		assert.deepEqual([entry.kind, entry.kind === "removal" && entry.target], ["removal", 2]);
		const history = (await ada.request("message:history", { room: "lobby" })) as { ok: true; data: HistoryData };
		assert.deepEqual(
			history.data.messages.map(({ body }) => body),
			["one", "three"],
		);
		const bob = await server.client("bob");
		const { entries } = await bob.join("lobby", { epoch, seq: 0 });
		assert.deepEqual(
			entries?.map(({ kind }) => kind),
			["message", "erased", "message", "removal"],
		);
		assert.ok(!JSON.stringify(entries).includes("regretted"));
		assert.equal((await remove(2)).status, 204, "removing it again changes nothing");
		assert.equal((await remove(99)).status, 404);
		assert.equal((await ada.send("lobby", "on we go")).seq, 5);
		await ada.entry("lobby", 5);
		assert.equal(ada.entries("lobby").length, 5);
	});

	test("history returns pages in both directions, and log:since fills gaps", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		for (let i = 1; i <= 130; i++) await ada.send("lobby", `${i}`);
		const page = async (payload: object) => {
			const ack = (await ada.request("message:history", { room: "lobby", ...payload })) as {
				ok: true;
				data: HistoryData;
			};
			const { messages, more } = ack.data;
			return [messages[0]?.seq, messages.at(-1)?.seq, messages.length, more];
		};
		assert.deepEqual(await page({}), [31, 130, 100, true]);
		assert.deepEqual(await page({ before: 31, limit: 20 }), [11, 30, 20, true]);
		assert.deepEqual(await page({ before: 11 }), [1, 10, 10, false]);
		assert.deepEqual(await page({ after: 10, limit: 5 }), [11, 15, 5, true]);
		assert.deepEqual(await page({ after: 128 }), [129, 130, 2, false]);
		const since = (await ada.request("log:since", { room: "lobby", after: 20 })) as { ok: true; data: SinceData };
		assert.equal(since.data.entries.length, 100);
		assert.deepEqual([since.data.entries[0]?.seq, since.data.more], [21, true]);
	});

	test("L1 a body over the limit, a banned word and a message over the rate are refused with the reason", async (t) => {
		const env = { LIMIT_MESSAGES_PER_S: "1", LIMIT_MESSAGES_BURST: "4", LIMIT_BODY_CHARS: "10" };
		const server = await openChat(t, { env, bannedWords: "frak" });
		const ada = await server.client("ada");
		await ada.join("lobby");
		const refusal = async (body: string) => {
			const ack = await ada.request("message:send", { room: "lobby", clientId: randomUUID(), body });
			return ack.ok ? undefined : ack.error;
		};
		assert.equal((await refusal("x".repeat(11)))?.code, "too_long");
		// Unlike the length, a banned word is searched for after the rate was checked.
		assert.deepEqual([(await refusal("Frak!"))?.code, (await refusal("frak"))?.field], ["bad_request", "body"]);
		assert.equal(await refusal("one"), undefined);
		assert.equal(await refusal("two"), undefined);
		const limited = await refusal("three");
		assert.equal(limited?.code, "rate_limited");
		assert.ok(limited?.retryable && (limited.retryAfterMs ?? 0) > 0);
	});
});
