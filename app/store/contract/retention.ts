import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { fill, MISSING, type OpenForTest, removal, storeTest, text, upTo, wholeLog } from "./fixture.ts";

/** Removal of old entries and of empty rooms. */
export function retentionContract(name: string, open: OpenForTest): void {
	storeTest(name, "M3 pruning raises the floor and the numbering continues", open, async ({ store, reopen }) => {
		for (const createdAt of upTo(10)) await store.append([text("lobby", `at ${createdAt}`, { createdAt })]);
		await store.append([text("attic", "young", { createdAt: 10 })]);
		assert.equal(await store.prune(7), 6);
		assert.equal(await store.prune(7), 0);
		const page = await store.since("lobby", 0, 100);
		assert.deepEqual([page.floor, page.seq, page.entries.map(({ seq }) => seq)], [6, 10, upTo(10, 7)]);
		const { messages, more } = await store.history("lobby", { before: 9, limit: 10 });
		assert.deepEqual([messages.map(({ seq }) => seq), more], [[7, 8], false]);
		assert.equal((await store.open("attic", 1)).floor, 0);
		assert.equal(await store.prune(1_000), 5);
		const after = await reopen();
		const [outcome] = await after.append([text("lobby", "next")]);
		assert.equal(outcome?.outcome === "appended" && outcome.entry.seq, 11);
		assert.equal((await after.open("lobby", 0)).floor, 10);
	});

	storeTest(name, "M3 pruning stops at the first entry that is young enough", open, async ({ store }) => {
		for (const createdAt of [1, 50, 2, 3]) await store.append([text("lobby", "hello", { createdAt })]);
		assert.equal(await store.prune(10), 1);
		assert.deepEqual(
			(await wholeLog(store, "lobby")).map(({ seq }) => seq),
			[2, 3, 4],
		);
	});

	storeTest(name, "M1 commits continue while many entries are pruned", open, async ({ store }) => {
		for (const room of ["a", "b", "c"]) await fill(store, room, 2_500);
		const pruned = store.prune(1_001);
		const outcomes = await Promise.all(
			upTo(20).map(() => store.append([text("a", "meanwhile", { createdAt: 5_000 })])),
		);
		assert.equal(await pruned, 7_500);
		assert.deepEqual(
			outcomes.flat().map((outcome) => outcome.outcome === "appended" && outcome.entry.seq),
			upTo(2_520, 2_501),
		);
		assert.equal((await wholeLog(store, "a")).length, 20);
		assert.equal((await store.open("c", 5)).floor, 2_500);
	});

	storeTest(name, "M6 a pruned message can't be removed", open, async ({ store }) => {
		await fill(store, "lobby", 2);
		await store.prune(1_001);
		assert.deepEqual(await store.append([removal("lobby", 1)]), MISSING);
	});

	storeTest(name, "R1 an empty room is removed, unless it is young or kept", open, async ({ store }) => {
		const rooms = upTo(1_200).map((number) => `empty ${number}`);
		for (const room of rooms) await store.open(room, 0);
		await fill(store, "said", 1);
		await store.append([removal("nothing said", 1)]);
		assert.equal(
			await store.pruneEmptyRooms(Date.now() - 60_000, []),
			1,
			"only the room that the removal created, which has the removal's time",
		);
		assert.equal(await store.pruneEmptyRooms(Date.now() + 60_000, ["empty 3", "'"]), 1_199);
		assert.deepEqual((await store.rooms(10)).map(({ room }) => room).sort(), ["empty 3", "said"]);
		assert.equal((await store.open("empty 4", 0)).seq, 0);
	});

	storeTest(name, "R1 an empty room that one process keeps counts as young on another", open, async ({ store }) => {
		for (const room of ["kept", "left"]) await store.open(room, 0);
		await pause(2);
		const later = Date.now();
		await store.pruneEmptyRooms(0, ["kept"]);
		assert.equal(await store.pruneEmptyRooms(later, []), 1);
		assert.deepEqual(
			(await store.rooms(10)).map(({ room }) => room),
			["kept"],
		);
	});
}
