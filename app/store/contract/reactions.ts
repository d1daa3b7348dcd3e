import assert from "node:assert/strict";
import { REACTION_KINDS, REACTION_USERS } from "../../protocol/limits.ts";
import {
	ADA,
	BEN,
	fill,
	MISSING,
	messageAt,
	type OpenForTest,
	place,
	reaction,
	removal,
	storeTest,
	text,
	upTo,
	wholeLog,
} from "./fixture.ts";

const CLEO = { id: "cleo-0000001", name: "Cleo 🦊 ' \\" };
const kinds = (count: number) => upTo(count).map((number) => String.fromCodePoint(0x1f600 + number));

/** Reactions to messages. */
export function reactionsContract(name: string, open: OpenForTest): void {
	storeTest(name, "C4 reactions are counted by emoji, with their people", open, async ({ store, reopen }) => {
		await store.append([text("lobby", "hello"), place("lobby", { latitude: 1, longitude: 2 })]);
		const [outcome] = await store.append([
			reaction(BEN, "lobby", 1, "❤️"),
			reaction(ADA, "lobby", 1, "👍"),
			reaction(CLEO, "lobby", 1, "❤️"),
			reaction(CLEO, "lobby", 2, "👍"),
		]);
		const entry = { kind: "reaction", seq: 3, target: 1, user: BEN, emoji: "❤️", on: true, createdAt: 4_000 };
		assert.deepEqual(outcome, { outcome: "appended", entry });
		const reopened = await reopen();
		const message = await messageAt(reopened, "lobby", 1, ADA.id);
		assert.equal(message?.rev, 5);
		assert.deepEqual(message?.reactions, [
			{ emoji: "❤️", count: 2, users: [BEN, CLEO] },
			{ emoji: "👍", count: 1, users: [ADA], mine: true },
		]);
		assert.deepEqual((await messageAt(reopened, "lobby", 2))?.reactions, [{ emoji: "👍", count: 1, users: [CLEO] }]);
		assert.deepEqual((await wholeLog(reopened, "lobby"))[2], entry);
		assert.deepEqual(await reopened.history("lobby", { limit: 5 }), {
			messages: (await reopened.open("lobby", 0, 5)).messages,
			more: false,
			seq: 6,
		});
	});

	storeTest(name, "C4 a reaction is taken back, and comes back behind the others", open, async ({ store }) => {
		await fill(store, "lobby", 1);
		const off = { on: false };
		await store.append([
			reaction(ADA, "lobby", 1, "👍"),
			reaction(BEN, "lobby", 1, "❤️"),
			reaction(BEN, "lobby", 1, "👍"),
		]);
		await store.append([reaction(ADA, "lobby", 1, "👍", off)]);
		assert.deepEqual((await messageAt(store, "lobby", 1))?.reactions, [
			{ emoji: "❤️", count: 1, users: [BEN] },
			{ emoji: "👍", count: 1, users: [BEN] },
		]);
		await store.append([reaction(BEN, "lobby", 1, "❤️", off), reaction(ADA, "lobby", 1, "❤️")]);
		assert.deepEqual((await messageAt(store, "lobby", 1, BEN.id))?.reactions, [
			{ emoji: "👍", count: 1, users: [BEN], mine: true },
			{ emoji: "❤️", count: 1, users: [ADA] },
		]);
		await store.append([reaction(BEN, "lobby", 1, "👍", off), reaction(ADA, "lobby", 1, "❤️", off)]);
		const message = await messageAt(store, "lobby", 1, BEN.id);
		assert.deepEqual(message, { seq: 1, rev: 9, author: ADA, createdAt: 1_000, body: "1" });
	});

	storeTest(name, "C4 a reaction that is there already appends nothing", open, async ({ store }) => {
		await fill(store, "lobby", 1);
		const outcomes = await store.append([
			reaction(BEN, "lobby", 1, "👍", { on: false }),
			reaction(BEN, "lobby", 1, "👍", { createdAt: 20 }),
			reaction(BEN, "lobby", 1, "👍"),
			reaction(ADA, "lobby", 1, "👍", { createdAt: 30 }),
			reaction(BEN, "lobby", 1, "👍"),
			reaction(CLEO, "lobby", 1, "👍", { on: false }),
		]);
		assert.deepEqual(
			outcomes.map((each) => (each.outcome === "repeated" ? [each.seq, each.createdAt] : each.outcome)),
			[[1, 1_000], "appended", [2, 20], "appended", [3, 30], [3, 30]],
		);
	});

	storeTest(name, "C4 only a message of the room can be reacted to", open, async ({ store }) => {
		await fill(store, "lobby", 2);
		await store.append([reaction(BEN, "lobby", 1, "👍"), removal("lobby", 1)]);
		for (const target of [0, 1, 3, 4, 5])
			assert.deepEqual(await store.append([reaction(BEN, "lobby", target, "👍")]), MISSING, `${target}`);
		assert.deepEqual(await store.append([reaction(BEN, "lobby", 1, "👍", { on: false })]), MISSING);
		assert.deepEqual(
			(await wholeLog(store, "lobby")).map(({ kind }) => kind),
			["erased", "message", "erased", "removal"],
		);
		assert.deepEqual(await store.reactionsOf(BEN.id, "lobby", [{ target: 1, emoji: "👍" }]), []);
	});

	storeTest(
		name,
		"C4 a message has a bounded number of emoji, and an existing one can always be joined",
		open,
		async (under) => {
			const { store } = under;
			await fill(store, "lobby", 2);
			const emoji = kinds(REACTION_KINDS);
			await store.append(emoji.map((each) => reaction(ADA, "lobby", 1, each)));
			const full = [{ outcome: "refused", reason: "full" }];
			assert.deepEqual(await store.append([reaction(BEN, "lobby", 1, "🦊")]), full);
			const outcomes = await store.append([
				reaction(BEN, "lobby", 1, emoji[0]!),
				reaction(BEN, "lobby", 2, "🦊"),
				reaction(ADA, "lobby", 1, emoji[1]!, { on: false }),
				reaction(BEN, "lobby", 1, "🦊"),
				reaction(BEN, "lobby", 1, "🐢"),
			]);
			assert.deepEqual(
				outcomes.map(({ outcome }) => outcome),
				["appended", "appended", "appended", "appended", "refused"],
			);
			const reactions = (await messageAt(store, "lobby", 1))?.reactions ?? [];
			assert.deepEqual([reactions.length, reactions[0]?.count], [REACTION_KINDS, 2]);
		},
	);

	storeTest(name, "C4 of many people the first are named, and all are counted", open, async ({ store }) => {
		await fill(store, "lobby", 1);
		const people = upTo(1_200)
			.map((number) => ({ id: `u${number}`, name: `User ${number}` }))
			.reverse();
		await store.append(people.map((user) => reaction(user, "lobby", 1, "👍")));
		const read = async (viewer: string) => (await messageAt(store, "lobby", 1, viewer))?.reactions;
		const expected = { emoji: "👍", count: 1_200, users: people.slice(0, REACTION_USERS) };
		assert.deepEqual(await read("u1"), [{ ...expected, mine: true }]);
		assert.deepEqual(await read("nobody"), [expected]);
	});

	storeTest(name, "C4 the reactions of one user are found", open, async ({ store }) => {
		await fill(store, "lobby", 3);
		await fill(store, "attic", 1);
		await store.append([
			reaction(BEN, "lobby", 1, "👍"),
			reaction(BEN, "lobby", 1, "❤️"),
			reaction(ADA, "lobby", 2, "👍"),
			reaction(BEN, "lobby", 3, "👍"),
			reaction(BEN, "attic", 1, "🦊"),
		]);
		const asked = [
			{ target: 1, emoji: "❤️" },
			{ target: 1, emoji: "🦊" },
			{ target: 2, emoji: "👍" },
			{ target: 3, emoji: "👍" },
			{ target: 99, emoji: "👍" },
		];
		const found = await store.reactionsOf(BEN.id, "lobby", asked);
		assert.deepEqual(new Set(found), new Set([asked[0], asked[3]]));
		assert.deepEqual(await store.reactionsOf(BEN.id, "lobby", []), []);
		assert.deepEqual(await store.reactionsOf(BEN.id, "nowhere", asked), []);
	});
}
