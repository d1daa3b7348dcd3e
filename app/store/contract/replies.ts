import assert from "node:assert/strict";
import {
	ADA,
	BEN,
	edit,
	fill,
	MISSING,
	messageAt,
	type OpenForTest,
	pin,
	reaction,
	removal,
	removalBy,
	storeTest,
	text,
	wholeLog,
} from "./fixture.ts";

/** Replies, threads and mentions. */
export function repliesContract(name: string, open: OpenForTest): void {
	storeTest(name, "C6 a reply belongs to the thread of what it replies to", open, async ({ store, reopen }) => {
		await fill(store, "lobby", 3);
		const outcomes = await store.append([
			text("lobby", "to 2", { reply: 2 }),
			text("lobby", "to 4", { reply: 4, author: BEN, createdAt: 1_500 }),
			text("lobby", "to 3", { reply: 3 }),
		]);
		const second = { seq: 5, author: BEN, createdAt: 1_500, body: "to 4", reply: 4, root: 2 };
		assert.deepEqual(outcomes[1], { outcome: "appended", entry: { kind: "message", ...second } });
		const reopened = await reopen();
		assert.deepEqual(await messageAt(reopened, "lobby", 5), { ...second, rev: 5 });
		assert.deepEqual((await wholeLog(reopened, "lobby"))[4], { kind: "message", ...second });
		const root = await messageAt(reopened, "lobby", 2);
		assert.deepEqual(root, { seq: 2, rev: 5, author: ADA, createdAt: 1_000, body: "2", replies: 2 });
		assert.equal((await reopened.rooms(1))[0]?.lastActiveAt, 1_000);
	});

	storeTest(name, "C6 a thread is read in pages: its root and the replies", open, async ({ store }) => {
		await fill(store, "lobby", 3);
		for (const reply of [2, 1, 4, 2, 3, 2]) await store.append([text("lobby", "reply", { reply })]);
		await store.append([removal("lobby", 7), pin("lobby", 6)]);
		const thread = async (page: { before?: number; after?: number; root?: number; pinned?: true }, limit = 10) => {
			const { messages, more, seq } = await store.history("lobby", { root: 2, limit, ...page });
			assert.equal(seq, 11);
			return [messages.map((message) => message.seq), more];
		};
		assert.deepEqual(await thread({}), [[2, 4, 6, 9], false]);
		assert.deepEqual(await thread({}, 3), [[4, 6, 9], true]);
		assert.deepEqual(await thread({ before: 4 }, 3), [[2], false]);
		assert.deepEqual(await thread({ after: 0 }, 2), [[2, 4], true]);
		assert.deepEqual(await thread({ after: 4 }, 2), [[6, 9], false]);
		assert.deepEqual(await thread({ pinned: true }), [[6], false]);
		assert.deepEqual(await thread({ pinned: true, root: 1 }), [[], false]);
		assert.deepEqual(await thread({ root: 8 }), [[8], false]);
		assert.deepEqual(await thread({ root: 99 }), [[], false]);
	});

	storeTest(
		name,
		"C6 only a message of the room is replied to, also one that was removed or pruned",
		open,
		async (under) => {
			const { store } = under;
			await store.append([text("lobby", "old", { createdAt: 1 }), text("lobby", "two"), text("lobby", "three")]);
			await store.append([text("lobby", "four", { reply: 2 }), edit("lobby", 2, "x"), edit("lobby", 2, "y")]);
			await store.append([reaction(BEN, "lobby", 2, "👍"), removal("lobby", 4), removal("lobby", 3)]);
			await store.prune(2);
			for (const reply of [-1, 0, 5, 6, 7, 8, 10, 99])
				assert.deepEqual(await store.append([text("lobby", "x", { reply })]), MISSING, `${reply}`);
			const rootOf = async (reply: number) => {
				const [outcome] = await store.append([text("lobby", "x", { reply })]);
				return outcome?.outcome === "appended" && outcome.entry.kind === "message" && outcome.entry.root;
			};
			assert.deepEqual([await rootOf(1), await rootOf(3), await rootOf(4)], [1, 3, 2]);
			assert.equal((await messageAt(store, "lobby", 2))?.replies, 1);
			assert.deepEqual((await store.history("lobby", { root: 3, limit: 5 })).messages.length, 1);
		},
	);

	storeTest(name, "C6 the removal of a reply lowers the number of its root", open, async ({ store }) => {
		await fill(store, "lobby", 1);
		await store.append([text("lobby", "one", { reply: 1 }), text("lobby", "two", { reply: 2 })]);
		const [outcome] = await store.append([removalBy(ADA, "lobby", 2)]);
		const removed = { kind: "removal", seq: 4, target: 2, by: ADA, root: 1, createdAt: 2_000 };
		assert.deepEqual(outcome, { outcome: "appended", entry: removed });
		const root = async () => {
			const { rev, replies } = (await messageAt(store, "lobby", 1)) ?? {};
			return [rev, replies];
		};
		assert.deepEqual(await root(), [4, 1]);
		await store.append([removal("lobby", 3)]);
		assert.deepEqual(await root(), [5, undefined]);
		assert.deepEqual((await wholeLog(store, "lobby")).slice(1), [
			{ kind: "erased", seq: 2, createdAt: 1_000, root: 1 },
			{ kind: "erased", seq: 3, createdAt: 1_000, root: 1 },
			removed,
			{ kind: "removal", seq: 5, target: 3, root: 1, createdAt: 2_000 },
		]);
	});

	storeTest(name, "C6 a thread outlives its root", open, async ({ store }) => {
		await fill(store, "lobby", 1);
		await store.append([text("lobby", "one", { reply: 1 }), removal("lobby", 1), text("lobby", "two", { reply: 2 })]);
		await store.append([removal("lobby", 2)]);
		const { messages } = await store.history("lobby", { root: 1, limit: 5 });
		assert.deepEqual(messages, [{ seq: 4, rev: 4, author: ADA, createdAt: 1_000, body: "two", reply: 2, root: 1 }]);
	});

	storeTest(name, "M2 a repeated reply returns the first one's position", open, async ({ store }) => {
		await fill(store, "lobby", 1);
		const reply = text("lobby", "reply", { reply: 1, createdAt: 7 });
		const repeated = { outcome: "repeated", seq: 2, createdAt: 7 };
		assert.deepEqual((await store.append([reply, reply]))[1], repeated);
		assert.deepEqual(await store.append([{ ...reply, room: "attic", reply: 9 }]), [repeated]);
		assert.equal((await messageAt(store, "lobby", 1))?.replies, 1);
	});

	storeTest(name, "C7 mentions belong to the current text", open, async ({ store }) => {
		const outcomes = await store.append([
			text("lobby", "hi", { mentions: [BEN.id, "room"] }),
			text("lobby", "no one", { mentions: [] }),
			text("lobby", "re", { reply: 1, mentions: [ADA.id] }),
		]);
		const mentions = async () =>
			(await store.history("lobby", { limit: 5 })).messages.map((message) => message.mentions);
		assert.deepEqual(await mentions(), [[BEN.id, "room"], undefined, [ADA.id]]);
		assert.deepEqual(
			await wholeLog(store, "lobby"),
			outcomes.map((outcome) => outcome.outcome === "appended" && outcome.entry),
		);
		await store.append([edit("lobby", 1, "hi", { mentions: ["room"] }), edit("lobby", 3, "re 2")]);
		assert.deepEqual(await mentions(), [["room"], undefined, undefined]);
		assert.deepEqual("mentions" in (await wholeLog(store, "lobby"))[2]!, false);
	});
}
