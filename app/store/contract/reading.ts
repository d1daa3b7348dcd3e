import assert from "node:assert/strict";
import type { HistoryData } from "../../protocol/message.ts";
import { fill, type OpenForTest, removal, storeTest, text, upTo, wholeLog } from "./fixture.ts";

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

export function readingContract(name: string, open: OpenForTest): void {
	storeTest(name, "R1 a room is there from its first opening on", open, async ({ store, reopen }) => {
		const log = await store.open("lobby", 50);
		assert.match(log.epoch, /^[\w-]{12}$/);
		assert.deepEqual(log, { epoch: log.epoch, seq: 0, floor: 0, entries: [] });
		assert.deepEqual(await store.open("lobby", 50), log);
		const reopened = await reopen();
		assert.deepEqual(await reopened.open("lobby", 50), log);
		assert.deepEqual(
			(await reopened.rooms(10)).map(({ room }) => room),
			["lobby"],
		);
	});

	storeTest(name, "R1 opened by many at once, a room is one room", open, async ({ store }) => {
		const logs = await Promise.all(upTo(20).map(() => store.open("lobby", 5)));
		assert.equal(new Set(logs.map(({ epoch }) => epoch)).size, 1);
	});

	storeTest(name, "R1 a room's name is only a name", open, async ({ store }) => {
		for (const room of HOSTILE_NAMES) await store.append([text(room, `in ${room}`)]);
		for (const room of HOSTILE_NAMES) {
			const { seq, entries } = await store.open(room, 10);
			assert.equal(seq, 1, room);
			assert.equal(entries[0]?.kind === "message" && entries[0].body, `in ${room}`);
		}
		const listed = (await store.rooms(100)).map(({ room }) => room);
		assert.deepEqual(listed.sort(), [...HOSTILE_NAMES].sort());
	});

	storeTest(name, "M3 heads of many rooms at once; a room that is not there is left out", open, async ({ store }) => {
		await fill(store, "lobby", 3);
		const { epoch } = await store.open("empty", 1);
		const heads = await store.heads(["lobby", "empty", "nowhere", "__proto__"]);
		assert.deepEqual([...heads.keys()].sort(), ["empty", "lobby"]);
		assert.deepEqual(heads.get("empty"), { epoch, seq: 0 });
		assert.equal(heads.get("lobby")?.seq, 3);
	});

	storeTest(name, "opening gives the last entries, ascending", open, async ({ store }) => {
		await fill(store, "lobby", 30);
		const { seq, entries } = await store.open("lobby", 12);
		assert.equal(seq, 30);
		assert.deepEqual(
			entries.map((entry) => entry.seq),
			upTo(30, 19),
		);
		assert.equal((await store.open("lobby", 100)).entries.length, 30);
	});

	storeTest(name, "history is paged backwards to the first message", open, async ({ store }) => {
		await fill(store, "lobby", 25);
		const newest = await store.history("lobby", { limit: 10 });
		const middle = await store.history("lobby", { before: 16, limit: 10 });
		const oldest = await store.history("lobby", { before: 6, limit: 5 });
		assert.deepEqual(seqsOf(newest), [upTo(25, 16), true]);
		assert.deepEqual(seqsOf(middle), [upTo(15, 6), true]);
		assert.deepEqual(seqsOf(oldest), [upTo(5), false]);
		assert.deepEqual(seqsOf(await store.history("lobby", { before: 1, limit: 5 })), [[], false]);
	});

	storeTest(name, "history is paged forwards to the last message", open, async ({ store }) => {
		await fill(store, "lobby", 25);
		assert.deepEqual(seqsOf(await store.history("lobby", { after: 0, limit: 10 })), [upTo(10), true]);
		assert.deepEqual(seqsOf(await store.history("lobby", { after: 15, limit: 10 })), [upTo(25, 16), false]);
		assert.deepEqual(seqsOf(await store.history("lobby", { after: 25, limit: 10 })), [[], false]);
	});

	storeTest(name, "history counts messages, not entries", open, async ({ store }) => {
		await fill(store, "lobby", 6);
		await store.append([removal("lobby", 2), removal("lobby", 5)]);
		assert.deepEqual(seqsOf(await store.history("lobby", { limit: 4 })), [[1, 3, 4, 6], false]);
		assert.deepEqual(seqsOf(await store.history("lobby", { limit: 3 })), [[3, 4, 6], true]);
		assert.deepEqual(seqsOf(await store.history("lobby", { after: 1, limit: 2 })), [[3, 4], true]);
	});

	storeTest(name, "M5 what follows a seq comes with the log that it belongs to", open, async ({ store }) => {
		await fill(store, "lobby", 12);
		const { epoch } = await store.open("lobby", 0);
		const page = await store.since("lobby", 4, 5);
		assert.deepEqual(
			page.entries.map(({ seq }) => seq),
			upTo(9, 5),
		);
		assert.deepEqual({ ...page, entries: [] }, { epoch, seq: 12, floor: 0, more: true, entries: [] });
		assert.equal((await store.since("lobby", 9, 3)).more, false);
		assert.deepEqual((await store.since("lobby", 12, 5)).entries, []);
		assert.deepEqual((await store.since("lobby", 99, 5)).entries, []);
	});

	storeTest(name, "a room that is not there reads as empty and is not made", open, async ({ store }) => {
		assert.deepEqual(await store.history("nowhere", { limit: 5 }), { messages: [], more: false });
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
}

function seqsOf({ messages, more }: HistoryData): [number[], boolean] {
	return [messages.map(({ seq }) => seq), more];
}
