import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { JOIN_MESSAGES, REACTION_USERS } from "../protocol/limits.ts";
import { flushPromises, openDomain, refusalOf, request } from "../testing/domain.ts";
import type { Connection } from "./ports/broadcast.ts";

const NONE = { perSecond: 0, burst: 0 };
const EMOJI = ["👍", "🎉", "❤️", "😂"];

function openReactions(options?: Parameters<typeof openDomain>[0]) {
	const domain = openDomain(options);
	const { chat, nextId } = domain;
	const react = (user: Connection, emoji: string, on = true, target = 1) =>
		request((reply) => chat.reactions.set(user, { room: "lobby", target, clientId: nextId(), emoji, on }, reply));
	return { ...domain, react };
}

describe("reacting", () => {
	test("C4 a reaction is an entry of the log, and in the state of its message", async () => {
		const { chat, member, send, react, entries } = openReactions();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		await react(ada, "👍");
		await react(await member("ben", "lobby"), "👍");
		await flushPromises();
		assert.deepEqual(entries(), ["1 hello", "2 reaction", "3 reaction"]);
		const joined = await chat.members.join(ada, "lobby");
		assert.deepEqual(joined.ok && joined.data.messages?.[0]?.reactions, [
			{ emoji: "👍", count: 2, users: [ada.user, { id: "u-ben", name: "ben" }], mine: true },
		]);
	});

	test("C4 R3 A5 L1 a reaction to nothing, from outside, in a closed room and above the rate is refused", async () => {
		const { chat, member, connect, send, react } = openReactions({ limits: { reactions: { perSecond: 1, burst: 2 } } });
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		assert.equal(refusalOf(await react(ada, "👍", true, 4)), "not_found target");
		assert.equal(refusalOf(await react(connect("ben"), "👍")), "not_found room");
		assert.ok((await react(ada, "👍")).ok);
		assert.equal(refusalOf(await react(ada, "👍", false)), "rate_limited");
		await chat.moderation.closeRoom("lobby", {});
		assert.equal(refusalOf(await react(ada, "👍")), "forbidden room");
	});

	test("C4 a join has `mine` also where the reaction does not name the user, and after it changed during the lookup", async () => {
		const { chat, member, send, react, store } = openReactions();
		const ada = await member("ada", "lobby");
		await send(ada, "lobby", "hello");
		for (let number = 0; number < REACTION_USERS; number++) await react(await member(`user ${number}`, "lobby"), "👍");
		await react(ada, "👍");
		const mine = async (user: Connection) => {
			const joined = await chat.members.join(user, "lobby");
			const [{ count, mine } = { count: 0, mine: undefined }] =
				(joined.ok && joined.data.messages?.[0]?.reactions) || [];
			return [count, mine];
		};
		assert.deepEqual(await mine(ada), [21, true]);
		assert.deepEqual(await mine(await member("eve", "lobby")), [21, undefined]);
		const release = Promise.withResolvers<void>();
		store.held = release.promise;
		const joining = mine(ada);
		await flushPromises();
		store.held = Promise.resolve();
		await react(ada, "👍", false);
		release.resolve();
		assert.deepEqual(await joining, [20, undefined]);
	});

	test("C4 20 reactions to each message at most double the bytes of a join", async () => {
		const { chat, connect, send, react } = openReactions({ limits: { messages: NONE, reactions: NONE } });
		// Together with the id as long as those of real people.
		const people = Array.from({ length: 20 }, (_, number) => connect(`Somebody No. ${number + 10}`));
		const bytesOfJoin = async (room: string) => {
			const joined = await chat.members.join(people[0]!, room);
			assert.equal(joined.ok && joined.data.messages?.length, JOIN_MESSAGES);
			return Buffer.byteLength(JSON.stringify(joined));
		};
		for (const person of people) {
			await chat.members.join(person, "plain");
			await chat.members.join(person, "lobby");
		}
		const authors = Array.from({ length: JOIN_MESSAGES }, (_, number) => people[number % people.length]!);
		const sendAll = (room: string) => Promise.all(authors.map((author) => send(author, room, "m".repeat(80))));
		await sendAll("plain");
		const sent = await sendAll("lobby");
		const reactions = sent.flatMap((ack) =>
			people.map((person, index) => react(person, EMOJI[index % EMOJI.length]!, true, ack.ok ? ack.data.seq : 0)),
		);
		assert.ok((await Promise.all(reactions)).every(({ ok }) => ok));
		const [plain, reacted] = [await bytesOfJoin("plain"), await bytesOfJoin("lobby")];
		assert.ok(reacted <= 2 * plain, `${reacted} to ${plain} bytes`);
	});
});
