import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import {
	BEN,
	edit,
	fill,
	MISSING,
	messageAt,
	type OpenForTest,
	pin,
	reaction,
	removal,
	storeTest,
	text,
	upTo,
	wholeLog,
} from "./fixture.ts";

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

	storeTest(
		name,
		"M3 pruning stops in each room for itself where entries of many are mixed",
		open,
		async ({ store }) => {
			const rooms = upTo(7).map((number) => `room ${number}`);
			// In the third room a young entry comes first, in the fourth it is in the middle.
			const timeOf = (room: number, at: number) => ((room === 3 && at === 1) || (room === 4 && at === 150) ? 50 : 1);
			const mixed = upTo(300).flatMap((at) =>
				rooms.map((room, index) => text(room, `${at}`, { createdAt: timeOf(index + 1, at) })),
			);
			await store.append(mixed);
			await store.removeRoom("room 5");
			await store.append(rooms.slice(0, 2).map((room) => text(room, "young", { createdAt: 50 })));
			assert.equal(await store.prune(10), 4 * 300 + 149);
			const floors = async (room: string) => (await store.open(room, 0)).floor;
			assert.deepEqual(await Promise.all(rooms.map(floors)), [300, 300, 0, 149, 0, 300, 300]);
			assert.equal((await wholeLog(store, "room 1")).length, 1);
			assert.equal((await wholeLog(store, "room 3")).length, 300);
			assert.equal((await wholeLog(store, "room 4")).length, 151);
			assert.equal(await store.prune(10), 0);
		},
	);

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
		const young = Date.now() - 60_000;
		const rooms = upTo(1_200).map((number) => `empty ${number}`);
		for (const room of rooms) await store.open(room, 0);
		await fill(store, "said", 1);
		await store.append([removal("nothing said", 1)]);
		assert.equal(
			await store.pruneEmptyRooms(young, []),
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

	storeTest(name, "M6 what belongs to a pruned message is deleted, and replays as erased", open, async (under) => {
		const { store, reopen } = under;
		await store.append(upTo(3).map((number) => text("lobby", `${number}`, { createdAt: number })));
		await store.append([edit("lobby", 1, "uno"), edit("lobby", 3, "tres"), pin("lobby", 2), pin("lobby", 3)]);
		const people = upTo(1_100).map((number) => ({ id: `u${number}`, name: `User ${number}` }));
		await store.append(people.map((user) => reaction(user, "lobby", 1, "👍")));
		await store.append([reaction(BEN, "lobby", 3, "👍"), text("lobby", "re", { reply: 1 })]);
		assert.equal(await store.prune(3), 2);
		const reopened = await reopen();
		const { messages, seq } = await reopened.history("lobby", { limit: 5 });
		assert.deepEqual([messages.map((message) => message.seq), seq], [[3, 1_109], 1_109]);
		assert.deepEqual([messages[0]?.body, messages[0]?.pinned, messages[1]?.root], ["tres", true, 1]);
		assert.deepEqual(messages[0]?.reactions, [{ emoji: "👍", count: 1, users: [BEN] }]);
		assert.deepEqual(
			(await reopened.since("lobby", 0, 6)).entries.map(({ kind }) => kind),
			["message", "erased", "edit", "erased", "pin", "erased"],
		);
		assert.deepEqual(await reopened.reactionsOf("u1", "lobby", [{ target: 1, emoji: "👍" }]), []);
		assert.deepEqual((await reopened.history("lobby", { pinned: true, limit: 5 })).messages.length, 1);
		assert.deepEqual(await reopened.append([edit("lobby", 1, "x")]), MISSING);
		assert.equal(await reopened.prune(10_000), 1_107);
		const [next] = await reopened.append([text("lobby", "next", { reply: 3 })]);
		assert.equal(next?.outcome === "appended" && next.entry.kind === "message" && next.entry.root, 3);
	});

	storeTest(name, "R1 a room is removed with what belongs to its messages", open, async ({ store }) => {
		const people = upTo(1_100).map((number) => ({ id: `u${number}`, name: `User ${number}` }));
		for (const room of ["lobby", "attic"]) {
			await store.append([...upTo(600).map((number) => text(room, `${number}`))]);
			await store.append(upTo(600).map((seq) => edit(room, seq, `edited ${seq}`)));
			await store.append(people.map((user) => reaction(user, room, 1, "👍")));
		}
		assert.equal(await store.removeRoom("lobby"), true);
		const { seq } = await store.open("lobby", 0);
		assert.equal(seq, 0);
		await store.append([text("lobby", "new")]);
		assert.deepEqual((await messageAt(store, "lobby", 1))?.reactions, undefined);
		assert.equal((await messageAt(store, "attic", 1))?.reactions?.[0]?.count, 1_100);
		assert.equal((await messageAt(store, "attic", 600))?.body, "edited 600");
	});
}
