import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { applyEntry, initialMessage } from "../protocol/apply-entry.ts";
import type { AroundData, Message, SendData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { TestClient } from "../testing/client.ts";
import { openChat } from "../testing/open-chat.ts";

const lobby = { room: "lobby" };
const codeOf = (ack: Ack<unknown>) => (ack.ok ? "ok" : ack.error.code);

/** Returns the messages of a room as a client has them that joined with `messages` and then received entries. */
function stateOf(client: TestClient, messages: readonly Message[]): Message[] {
	const entries = client.entries("lobby");
	const sent = entries.flatMap((entry) => (entry.kind === "message" ? [initialMessage(entry)] : []));
	return [...messages, ...sent].flatMap((message) => {
		let state: Message | undefined = message;
		for (const entry of entries) state = state && applyEntry(state, entry, client.user.id);
		return state ? [state] : [];
	});
}

describe("conversation", () => {
	test("C1 C2 C3 C4 C6 every member ends with the state that history has, whether it joined before or after", async (t) => {
		const server = await openChat(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		for (const client of [ada, bob]) await client.join("lobby");
		const first = await ada.send("lobby", "helo");
		await bob.change("reaction:set", { ...lobby, target: first.seq, emoji: "👍", on: true });
		const cem = await server.client("cem");
		const { messages = [] } = await cem.join("lobby");
		await ada.change("message:edit", { ...lobby, target: first.seq, body: "hello @bob", mentions: [bob.user.id] });
		const answer = await bob.request("message:send", {
			...lobby,
			clientId: randomUUID(),
			body: "hi",
			reply: first.seq,
		});
		await cem.change("reaction:set", { ...lobby, target: first.seq, emoji: "👍", on: true });
		await cem.change("reaction:set", { ...lobby, target: first.seq, emoji: "🎉", on: true });
		await bob.change("reaction:set", { ...lobby, target: first.seq, emoji: "👍", on: false });
		const gone = await ada.send("lobby", "never mind");
		const last = await ada.change("message:remove", { ...lobby, target: gone.seq });
		assert.equal(codeOf(answer), "ok");

		for (const [client, joined] of [
			[ada, []],
			[bob, []],
			[cem, messages],
		] as const) {
			await client.entry("lobby", last.seq);
			const page = await client.history(lobby);
			assert.deepEqual(stateOf(client, joined), page.messages, client.user.name);
			assert.equal(page.seq, last.seq);
		}
		const [top] = (await bob.history(lobby)).messages;
		assert.deepEqual([top?.body, top?.mentions, top?.replies], ["hello @bob", [bob.user.id], 1]);
		assert.deepEqual(top?.reactions, [
			{ emoji: "👍", count: 1, users: [cem.user] },
			{ emoji: "🎉", count: 1, users: [cem.user] },
		]);
		const again = await server.connect(ada.session);
		assert.deepEqual((await again.join("lobby")).messages, (await ada.history(lobby)).messages);
	});

	test("M2 a change that is sent again on another connection is stored once", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const { seq: target } = await ada.send("lobby", "helo");
		const edit = { ...lobby, target, clientId: randomUUID(), body: "hello" };
		const first = await ada.change("message:edit", edit);
		ada.drop();
		const again = await server.connect(ada.session);
		await again.join("lobby");
		assert.deepEqual(await again.change("message:edit", edit), first);
		assert.equal((await again.history(lobby)).seq, first.seq);
	});

	test("M4 the author of a change receives the ack before the entry", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const { seq: target } = await ada.send("lobby", "hello");
		await ada.entry("lobby", target);
		const seen: string[] = [];
		ada.socket.on("room:appended", ({ entries }) => seen.push(...entries.map(({ seq }) => `entry ${seq}`)));
		for (let index = 0; index < 20; index++) {
			const reaction = { ...lobby, target, clientId: randomUUID(), emoji: "👍", on: index % 2 === 0 };
			ada.socket.emit("reaction:set", reaction, (ack: Ack<SendData>) => {
				assert.ok(ack.ok);
				seen.push(`ack ${ack.data.seq}`);
			});
		}
		await ada.entry("lobby", 21);
		for (let seq = 2; seq <= 21; seq++)
			assert.ok(seen.indexOf(`ack ${seq}`) < seen.indexOf(`entry ${seq}`), `entry ${seq}`);
	});

	test("C2 C3 C4 C5 C6 what may not be is refused, and the same from another process", async (t) => {
		const server = await openChat(t, { env: { LIMIT_BODY_CHARS: "20" } });
		const [ada, bob, eve] = [await server.client("ada"), await server.client("bob"), await server.client("eve")];
		for (const client of [ada, bob]) await client.join("lobby");
		const { seq: target } = await ada.send("lobby", "hello");
		const refused = async (client: TestClient, event: string, rest: object, code: string) => {
			const ack = await client.request(event, { ...lobby, target, clientId: randomUUID(), ...rest });
			assert.equal(codeOf(ack), code, `${client.user.name} ${event} ${JSON.stringify(rest)}`);
		};
		await refused(bob, "message:edit", { body: "mine" }, "forbidden");
		await refused(bob, "message:remove", {}, "forbidden");
		await refused(bob, "pin:set", { on: true }, "forbidden");
		await refused(ada, "message:edit", { body: "x".repeat(21) }, "too_long");
		await refused(ada, "message:edit", { body: "" }, "bad_request");
		await refused(ada, "message:edit", { target: 99, body: "x" }, "not_found");
		await refused(ada, "reaction:set", { emoji: "no", on: true }, "bad_request");
		await refused(ada, "message:send", { body: "x", reply: 99 }, "not_found");
		for (const [event, rest] of [
			["message:edit", { body: "x" }],
			["message:remove", {}],
			["reaction:set", { emoji: "👍", on: true }],
			["message:around", { seq: 1 }],
		] as const)
			await refused(eve, event, rest, "not_found");
		await ada.change("message:remove", { ...lobby, target });
		await refused(ada, "message:edit", { body: "x" }, "not_found");
		await refused(bob, "reaction:set", { emoji: "👍", on: true }, "not_found");
		await refused(ada, "message:remove", {}, "not_found");
	});

	test("C8 a page around a message is found by its seq, and by a time", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		for (let number = 1; number <= 30; number++) await ada.send("lobby", `${number}`);
		const around = async (place: object): Promise<AroundData> => {
			const ack = await ada.request("message:around", { ...lobby, limit: 5, ...place });
			assert.ok(ack.ok);
			return ack.data;
		};
		const page = await around({ seq: 10 });
		assert.deepEqual(
			[page.messages.map(({ seq }) => seq), page.more, page.moreAfter],
			[[8, 9, 10, 11, 12], true, true],
		);
		const end = await around({ at: Date.now() + 60_000 });
		assert.deepEqual([end.messages.at(-1)?.seq, end.moreAfter], [30, false]);
		const start = await around({ at: 0 });
		assert.deepEqual([start.messages[0]?.seq, start.more], [1, false]);
	});

	test("M5 M6 a resume replays edits and reactions, and nothing of what was removed", async (t) => {
		const server = await openChat(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		const { epoch } = await bob.join("lobby");
		await ada.join("lobby");
		for (const body of ["secret", "draft"]) await ada.send("lobby", body);
		await bob.change("reaction:set", { ...lobby, target: 1, emoji: "👀", on: true });
		await ada.change("message:edit", { ...lobby, target: 1, body: "another secret" });
		await ada.change("message:edit", { ...lobby, target: 2, body: "final" });
		await ada.change("message:remove", { ...lobby, target: 1 });
		bob.close();
		const back = await server.connect(bob.session);
		const { entries = [] } = await back.join("lobby", { epoch, seq: 0 });
		assert.deepEqual(
			entries.map((entry) => [entry.kind, "body" in entry ? entry.body : undefined]),
			[
				["erased", undefined],
				["message", "final"],
				["erased", undefined],
				["erased", undefined],
				["edit", "final"],
				["removal", undefined],
			],
		);
	});
});
