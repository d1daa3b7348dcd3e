import assert from "node:assert/strict";
import type { Append } from "../../room/ports/log.ts";
import { ADA, BEN, entriesOf, fill, type OpenForTest, place, storeTest, text, upTo, wholeLog } from "./fixture.ts";

/** Appending to logs and reading them. */
export function logContract(name: string, open: OpenForTest): void {
	storeTest(name, "M1 appended entries are stored after reopening", open, async ({ store, reopen }) => {
		const outcomes = await store.append([text("lobby", "one"), place("lobby", { latitude: 1.5, longitude: -2.25 })]);
		const { epoch } = await store.open("lobby", 1);
		const reopened = await reopen();
		const log = await reopened.open("lobby", 10);
		assert.deepEqual(log, { epoch, seq: 2, floor: 0, entries: entriesOf(outcomes), messages: [], more: true });
	});

	storeTest(name, "M1 a batch that can't be stored is rejected and stores nothing", open, async ({ store }) => {
		const broken = text("lobby", "never", { createdAt: "yesterday" as unknown as number });
		await assert.rejects(store.append([text("lobby", "first"), broken]));
		assert.equal((await store.open("lobby", 10)).seq, 0);
		const [outcome] = await store.append([text("lobby", "second")]);
		assert.equal(outcome?.outcome === "appended" && outcome.entry.seq, 1);
	});

	storeTest(name, "M2 a repeat returns the first one's seq and createdAt", open, async ({ store, reopen }) => {
		const first = text("lobby", "hello", { createdAt: 5 });
		await store.append([text("lobby", "before"), first]);
		const again = { ...first, content: { body: "changed" }, createdAt: 99 };
		const repeated = [{ outcome: "repeated", seq: 2, createdAt: 5 }];
		assert.deepEqual(await store.append([again]), repeated);
		assert.deepEqual(await (await reopen()).append([again]), repeated);
	});

	storeTest(name, "M2 a repeat within one batch is not appended twice", open, async ({ store }) => {
		const twice = text("lobby", "hello", { createdAt: 5 });
		const outcomes = await store.append([twice, twice, text("lobby", "next")]);
		assert.deepEqual(
			outcomes.map(({ outcome }) => outcome),
			["appended", "repeated", "appended"],
		);
		assert.deepEqual(outcomes[1], { outcome: "repeated", seq: 1, createdAt: 5 });
		assert.equal((await store.open("lobby", 0)).seq, 2);
	});

	storeTest(
		name,
		"M2 the same clientId is a repeat in another room, and not by another author",
		open,
		async (under) => {
			const { store } = under;
			const first = text("lobby", "hello", { createdAt: 5 });
			await store.append([text("lobby", "before"), first]);
			const [elsewhere, another] = await store.append([
				{ ...first, room: "attic" },
				{ ...first, author: BEN },
			]);
			assert.deepEqual(elsewhere, { outcome: "repeated", seq: 2, createdAt: 5 });
			assert.equal(another?.outcome, "appended");
			assert.equal((await store.open("attic", 0)).seq, 0);
		},
	);

	storeTest(
		name,
		"M3 every room is numbered from 1 without a hole under concurrent batches",
		open,
		async ({ store }) => {
			const rooms = upTo(8).map((number) => `room ${number}`);
			const batches = upTo(60).map((batch) =>
				upTo(1 + (batch % 7)).map((item): Append => text(rooms[(batch * item) % rooms.length]!, `${batch}-${item}`)),
			);
			const outcomes = await Promise.all(batches.map((batch) => store.append(batch)));
			let stored = 0;
			for (const room of rooms) {
				const entries = await wholeLog(store, room);
				assert.deepEqual(
					entries.map(({ seq }) => seq),
					upTo(entries.length),
				);
				const appended = outcomes.flatMap((outcome, index) =>
					entriesOf(outcome.filter((_, at) => batches[index]![at]!.room === room)),
				);
				assert.deepEqual(entries, appended);
				stored += entries.length;
			}
			assert.equal(stored, batches.flat().length);
		},
	);

	storeTest(name, "M3 ten thousand messages keep their order", open, async ({ store }) => {
		await fill(store, "lobby", 10_000);
		const entries = await wholeLog(store, "lobby");
		assert.deepEqual(
			entries.map((entry) => entry.kind === "message" && entry.body),
			upTo(10_000).map(String),
		);
	});

	storeTest(name, "M3 the outcome of an append equals what is read later", open, async ({ store }) => {
		const family = "👩‍👩‍👧‍👦 مرحبا \u202bعالم\u202c 𝒳 e\u0301 \ufeff ' \" \\ %s -- ; DROP TABLE rooms";
		const outcomes = await store.append([
			text("lobby", family),
			text("lobby", "汉字🎉".repeat(50_000)),
			text("lobby", "\n\ttabs\r\n"),
			place("lobby", { latitude: -90, longitude: 180, accuracy: 0 }),
			place("lobby", { latitude: 0.1 + 0.2, longitude: 1e-300, accuracy: 1e300 }),
			text("lobby", "named", { author: { ...ADA, name: "'; -- 👍🏽" } }),
		]);
		assert.equal(outcomes.length, 6);
		assert.deepEqual(await wholeLog(store, "lobby"), entriesOf(outcomes));
	});

	storeTest(name, "an empty batch has no outcomes", open, async ({ store }) => {
		assert.deepEqual(await store.append([]), []);
	});

	storeTest(
		name,
		"M3 heads of many rooms are read at once, without rooms that do not exist",
		open,
		async ({ store }) => {
			await fill(store, "lobby", 3);
			const { epoch } = await store.open("empty", 1);
			const heads = await store.heads(["lobby", "empty", "nowhere", "__proto__"]);
			assert.deepEqual([...heads.keys()].sort(), ["empty", "lobby"]);
			assert.deepEqual(heads.get("empty"), { epoch, seq: 0 });
			assert.equal(heads.get("lobby")?.seq, 3);
		},
	);

	storeTest(name, "opening returns the last entries, ascending", open, async ({ store }) => {
		await fill(store, "lobby", 30);
		const { seq, entries } = await store.open("lobby", 12);
		assert.equal(seq, 30);
		assert.deepEqual(
			entries.map((entry) => entry.seq),
			upTo(30, 19),
		);
		assert.equal((await store.open("lobby", 100)).entries.length, 30);
	});

	storeTest(name, "M5 entries after a seq are returned with the state of their log", open, async ({ store }) => {
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
}
