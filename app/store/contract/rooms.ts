import assert from "node:assert/strict";
import { fill, type OpenForTest, storeTest, text, upTo, wholeLog } from "./fixture.ts";

const HOSTILE_NAMES = [
	"__proto__",
	"constructor",
	"hasownproperty",
	"' or 1=1 --",
	"%",
	"_",
	"null",
	"0",
	"🦊".repeat(32),
];

/** Creating, listing and removing rooms. */
export function roomsContract(name: string, open: OpenForTest): void {
	storeTest(name, "R1 opening a room creates it", open, async ({ store, reopen }) => {
		const log = await store.open("lobby", 50);
		assert.match(log.epoch, /^[\w-]{12}$/);
		assert.deepEqual(log, { epoch: log.epoch, seq: 0, floor: 0, entries: [], messages: [], more: false });
		assert.deepEqual(await store.open("lobby", 50), log);
		const reopened = await reopen();
		assert.deepEqual(await reopened.open("lobby", 50), log);
		assert.deepEqual(
			(await reopened.rooms(10)).map(({ room }) => room),
			["lobby"],
		);
	});

	storeTest(name, "R1 concurrent opens create one room", open, async ({ store }) => {
		const logs = await Promise.all(upTo(20).map(() => store.open("lobby", 5)));
		assert.equal(new Set(logs.map(({ epoch }) => epoch)).size, 1);
	});

	storeTest(name, "R1 hostile names are stored as names", open, async ({ store }) => {
		for (const room of HOSTILE_NAMES) await store.append([text(room, `in ${room}`)]);
		for (const room of HOSTILE_NAMES) {
			const { seq, entries } = await store.open(room, 10);
			assert.equal(seq, 1, room);
			assert.equal(entries[0]?.kind === "message" && entries[0].body, `in ${room}`);
		}
		const listed = (await store.rooms(100)).map(({ room }) => room);
		assert.deepEqual(listed.sort(), [...HOSTILE_NAMES].sort());
	});

	storeTest(name, "a room that does not exist reads as empty and is not created", open, async ({ store }) => {
		assert.deepEqual(await store.history("nowhere", { limit: 5 }), { messages: [], more: false, seq: 0 });
		assert.deepEqual(await wholeLog(store, "nowhere"), []);
		assert.deepEqual(await store.rooms(5), []);
	});

	storeTest(name, "rooms are listed by activity, the newest first", open, async ({ store }) => {
		for (const [room, createdAt] of [
			["a", 10],
			["b", 30],
			["c", 20],
		] as const)
			await store.append([text(room, "hello", { createdAt })]);
		assert.deepEqual(await store.rooms(2), [
			{ room: "b", lastActiveAt: 30 },
			{ room: "c", lastActiveAt: 20 },
		]);
		await store.append([text("a", "again", { createdAt: 40 })]);
		assert.deepEqual(
			(await store.rooms(10)).map(({ room }) => room),
			["a", "b", "c"],
		);
	});

	storeTest(name, "rooms without entries come after all others, whatever their age", open, async ({ store }) => {
		await store.append([text("used", "hello", { createdAt: 10 })]);
		for (const room of ["first", "second"]) await store.open(room, 0);
		const listed = await store.rooms(2);
		assert.deepEqual(listed[0], { room: "used", lastActiveAt: 10 });
		assert.equal(listed[1]?.isEmpty, true);
		assert.deepEqual((await store.rooms(10)).map(({ room }) => room).sort(), ["first", "second", "used"]);
	});

	storeTest(name, "a room whose history was lost gets another epoch, once", open, async ({ store, reopen }) => {
		await fill(store, "lobby", 3);
		const { epoch } = await store.open("lobby", 0);
		await Promise.all([store.renewEpoch("lobby", epoch), store.renewEpoch("attic", epoch)]);
		const renewed = await store.open("lobby", 0);
		assert.notEqual(renewed.epoch, epoch);
		assert.equal(renewed.seq, 3);
		await store.renewEpoch("lobby", epoch);
		assert.equal((await (await reopen()).open("lobby", 0)).epoch, renewed.epoch, "another process did it already");
	});

	storeTest(name, "a room that is created again is empty and has another epoch", open, async ({ store }) => {
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
}
