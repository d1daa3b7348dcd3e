import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { fill, type OpenForTest, removal, storeTest, text, upTo, wholeLog } from "./fixture.ts";

/** Retention, the removal of rooms, and the end. */
export function keepingContract(name: string, open: OpenForTest): void {
	storeTest(name, "M3 pruning raises the floor and the numbering goes on", open, async ({ store, reopen }) => {
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
		const [answer] = await after.append([text("lobby", "next")]);
		assert.equal(answer?.outcome === "appended" && answer.entry.seq, 11);
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

	storeTest(name, "M1 commits go on while much is pruned", open, async ({ store }) => {
		for (const room of ["a", "b", "c"]) await fill(store, room, 2_500);
		const pruned = store.prune(1_001);
		const answers = await Promise.all(upTo(20).map(() => store.append([text("a", "meanwhile", { createdAt: 5_000 })])));
		assert.equal(await pruned, 7_500);
		assert.deepEqual(
			answers.flat().map((answer) => answer.outcome === "appended" && answer.entry.seq),
			upTo(2_520, 2_501),
		);
		assert.equal((await wholeLog(store, "a")).length, 20);
		assert.equal((await store.open("c", 5)).floor, 2_500);
	});

	storeTest(name, "M6 a message that was pruned can't be removed", open, async ({ store }) => {
		await fill(store, "lobby", 2);
		await store.prune(1_001);
		assert.deepEqual(await store.append([removal("lobby", 1)]), [{ outcome: "missing" }]);
	});

	storeTest(name, "a removed room comes back empty and under another epoch", open, async ({ store }) => {
		await fill(store, "lobby", 1_200);
		await fill(store, "attic", 3);
		const { epoch } = await store.open("lobby", 0);
		assert.equal(await store.removeRoom("lobby"), true);
		assert.equal(await store.removeRoom("lobby"), false);
		assert.deepEqual(
			(await store.rooms(10)).map(({ room }) => room),
			["attic"],
		);
		const again = await store.open("lobby", 10);
		assert.notEqual(again.epoch, epoch);
		assert.deepEqual([again.seq, again.floor, again.entries], [0, 0, []]);
		assert.equal((await store.open("attic", 10)).seq, 3);
	});

	storeTest(name, "R1 an empty room is forgotten, unless it is young or kept", open, async ({ store }) => {
		const rooms = upTo(1_200).map((number) => `empty ${number}`);
		for (const room of rooms) await store.open(room, 0);
		await fill(store, "said", 1);
		await store.append([removal("nothing said", 1)]);
		assert.equal(await store.pruneEmptyRooms(Date.now() - 60_000, []), 1, "made in the second that the removal names");
		assert.equal(await store.pruneEmptyRooms(Date.now() + 60_000, ["empty 3", "'"]), 1_199);
		assert.deepEqual((await store.rooms(10)).map(({ room }) => room).sort(), ["empty 3", "said"]);
		assert.equal((await store.open("empty 4", 0)).seq, 0);
	});

	storeTest(name, "R1 an empty room that one process keeps is young to another", open, async ({ store }) => {
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

	storeTest(name, "ping resolves as long as the store is open", open, async ({ store }) => {
		await store.ping();
		await store.close();
		await assert.rejects(store.ping(), { name: "StoreUnavailable" });
	});

	storeTest(name, "M1 closing finishes what was begun", open, async ({ store, reopen }) => {
		const appends = upTo(50).map((number) => store.append([text("lobby", String(number))]));
		const closed = store.close();
		const answers = await Promise.all(appends);
		await Promise.all([closed, store.close()]);
		assert.equal(answers.length, 50);
		assert.equal((await (await reopen()).open("lobby", 0)).seq, 50);
	});
}
