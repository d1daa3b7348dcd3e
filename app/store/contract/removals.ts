import assert from "node:assert/strict";
import {
	ADA,
	BEN,
	edit,
	fill,
	MISSING,
	type OpenForTest,
	pin,
	place,
	reaction,
	removal,
	removalBy,
	storeTest,
	text,
	wholeLog,
} from "./fixture.ts";

/** The removal of messages. */
export function removalsContract(name: string, open: OpenForTest): void {
	storeTest(
		name,
		"M6 a removed message is absent from history, and its removal is replayed",
		open,
		async ({ store, reopen }) => {
			await store.append([text("lobby", "stays"), text("lobby", "goes", { createdAt: 7 })]);
			const [outcome] = await store.append([removal("lobby", 2)]);
			const entry = { kind: "removal", seq: 3, target: 2, createdAt: 2_000 };
			assert.deepEqual(outcome, { outcome: "appended", entry });
			const reopened = await reopen();
			const { messages } = await reopened.history("lobby", { limit: 10 });
			assert.deepEqual(
				messages.map(({ seq }) => seq),
				[1],
			);
			const { entries } = await reopened.since("lobby", 1, 10);
			assert.deepEqual(entries, [{ kind: "erased", seq: 2, createdAt: 7 }, entry]);
			assert.deepEqual((await reopened.open("lobby", 2)).entries, entries);
		},
	);

	storeTest(name, "M6 a removal within the batch of its message", open, async ({ store }) => {
		const outcomes = await store.append([place("lobby", { latitude: 1, longitude: 2 }), removal("lobby", 1)]);
		assert.deepEqual(
			outcomes.map(({ outcome }) => outcome),
			["appended", "appended"],
		);
		assert.deepEqual(
			(await wholeLog(store, "lobby")).map(({ kind }) => kind),
			["erased", "removal"],
		);
	});

	storeTest(name, "M6 a second removal returns the seq of the first", open, async ({ store }) => {
		await fill(store, "lobby", 3);
		await store.append([{ kind: "removal", room: "lobby", target: 2, createdAt: 11 }]);
		assert.deepEqual(await store.append([removal("lobby", 2)]), [{ outcome: "repeated", seq: 4, createdAt: 11 }]);
		assert.equal((await store.open("lobby", 0)).seq, 4);
	});

	storeTest(name, "M6 only a message can be removed", open, async ({ store }) => {
		await fill(store, "lobby", 2);
		await fill(store, "attic", 9);
		await store.append([removal("lobby", 1)]);
		for (const target of [0, 3, 4, 9]) {
			assert.deepEqual(await store.append([removal("lobby", target)]), MISSING, `${target}`);
		}
		assert.deepEqual(await store.append([removal("nowhere", 1)]), MISSING);
		assert.equal((await store.open("lobby", 0)).seq, 3);
	});

	storeTest(name, "M2 a removed message that is sent again stays removed", open, async ({ store }) => {
		const message = text("lobby", "goes", { createdAt: 7 });
		await store.append([message, removal("lobby", 1)]);
		assert.deepEqual(await store.append([message]), [{ outcome: "repeated", seq: 1, createdAt: 7 }]);
		assert.deepEqual((await store.history("lobby", { limit: 5 })).messages, []);
	});

	storeTest(name, "C3 an author removes a message, with everything that belongs to it", open, async (under) => {
		const { store, reopen } = under;
		await store.append([text("lobby", "one", { mentions: [BEN.id] }), text("lobby", "two")]);
		await store.append([edit("lobby", 1, "uno"), reaction(BEN, "lobby", 1, "👍"), pin("lobby", 1)]);
		const [outcome] = await store.append([removalBy(ADA, "lobby", 1)]);
		const entry = { kind: "removal", seq: 6, target: 1, by: ADA, createdAt: 2_000 };
		assert.deepEqual(outcome, { outcome: "appended", entry });
		const reopened = await reopen();
		assert.deepEqual(
			(await reopened.history("lobby", { limit: 5 })).messages.map(({ seq }) => seq),
			[2],
		);
		const entries = await wholeLog(reopened, "lobby");
		assert.deepEqual(
			entries.map(({ kind }) => kind),
			["erased", "message", "erased", "erased", "erased", "removal"],
		);
		assert.deepEqual(entries[5], entry);
		assert.deepEqual(await reopened.reactionsOf(BEN.id, "lobby", [{ target: 1, emoji: "👍" }]), []);
		assert.deepEqual((await reopened.history("lobby", { pinned: true, limit: 5 })).messages, []);
		for (const append of [edit("lobby", 1, "x"), reaction(BEN, "lobby", 1, "👍"), pin("lobby", 1)])
			assert.deepEqual(await reopened.append([append]), MISSING, append.kind);
	});

	storeTest(name, "C3 only the author's message is removed by its author, once", open, async ({ store }) => {
		await store.append([text("lobby", "one"), text("lobby", "two"), edit("lobby", 1, "uno"), edit("lobby", 1, "dos")]);
		assert.deepEqual(await store.append([removalBy(BEN, "lobby", 1)]), [{ outcome: "refused", reason: "forbidden" }]);
		for (const target of [0, 3, 4, 5])
			assert.deepEqual(await store.append([removalBy(ADA, "lobby", target)]), MISSING, `${target}`);
		const first = { ...removalBy(ADA, "lobby", 1), createdAt: 11 };
		const repeated = { outcome: "repeated", seq: 5, createdAt: 11 };
		const outcomes = await store.append([first, first, removalBy(ADA, "lobby", 1), removal("lobby", 1)]);
		assert.deepEqual(outcomes.slice(1), [repeated, MISSING[0], repeated]);
		assert.deepEqual(await store.append([first]), [repeated]);
		await store.append([removal("lobby", 2)]);
		assert.deepEqual(await store.append([removalBy(ADA, "lobby", 2)]), MISSING);
		assert.equal((await store.open("lobby", 0)).seq, 6);
	});
}
