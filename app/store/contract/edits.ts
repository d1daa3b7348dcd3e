import assert from "node:assert/strict";
import {
	ADA,
	BEN,
	edit,
	entriesOf,
	MISSING,
	messageAt,
	type OpenForTest,
	place,
	reaction,
	removal,
	storeTest,
	text,
	wholeLog,
} from "./fixture.ts";

/** Edits of texts. */
export function editsContract(name: string, open: OpenForTest): void {
	storeTest(name, "C2 an edit replaces a message's text, in history and in replay", open, async ({ store, reopen }) => {
		await store.append([text("lobby", "helo", { mentions: [BEN.id] }), text("lobby", "next")]);
		const [outcome] = await store.append([edit("lobby", 1, "hello", { mentions: ["room"] })]);
		const entry = { kind: "edit", seq: 3, target: 1, author: ADA, body: "hello", mentions: ["room"], createdAt: 3_000 };
		assert.deepEqual(outcome, { outcome: "appended", entry });
		const sent = { seq: 1, author: ADA, createdAt: 1_000, body: "hello", mentions: ["room"] };
		const reopened = await reopen();
		const page = await reopened.history("lobby", { limit: 5 });
		assert.deepEqual(page.seq, 3);
		assert.deepEqual(page.messages[0], { ...sent, rev: 3, editedAt: 3_000 });
		const { entries, messages, more } = await reopened.open("lobby", 3, 1);
		assert.deepEqual([entries[0], entries[2]], [{ kind: "message", ...sent }, entry]);
		assert.deepEqual([messages.map(({ seq }) => seq), more], [[2], true]);
		assert.deepEqual((await reopened.since("lobby", 0, 10)).entries, entries);
	});

	storeTest(name, "C2 a superseded edit replays as erased, and the newest has the text", open, async ({ store }) => {
		await store.append([text("lobby", "one", { mentions: [BEN.id] })]);
		await store.append([edit("lobby", 1, "two", { mentions: [BEN.id], createdAt: 20 })]);
		await store.append([edit("lobby", 1, "three", { createdAt: 30 })]);
		assert.deepEqual(await messageAt(store, "lobby", 1), {
			...{ seq: 1, rev: 3, author: ADA, createdAt: 1_000, body: "three", editedAt: 30 },
		});
		assert.deepEqual(await wholeLog(store, "lobby"), [
			{ kind: "message", seq: 1, author: ADA, createdAt: 1_000, body: "three" },
			{ kind: "erased", seq: 2, createdAt: 20 },
			{ kind: "edit", seq: 3, target: 1, author: ADA, body: "three", createdAt: 30 },
		]);
	});

	storeTest(
		name,
		"C2 edits of any length, within the batch of their message and with a removal",
		open,
		async (under) => {
			const { store } = under;
			const bodies = ["", "é", "x".repeat(4_000), "汉字🎉", "\u0000'\\".slice(1), "y"];
			const outcomes = await store.append([
				text("lobby", "a"),
				...bodies.map((body) => edit("lobby", 1, body)),
				text("lobby", "b".repeat(500)),
				edit("lobby", 8, "c"),
				removal("lobby", 8),
				edit("lobby", 8, "d"),
			]);
			assert.deepEqual(
				entriesOf(outcomes).map(({ seq }) => seq),
				[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
			);
			assert.deepEqual(outcomes.at(-1), MISSING[0]);
			assert.equal((await messageAt(store, "lobby", 1))?.body, "y");
			assert.deepEqual(
				(await wholeLog(store, "lobby")).map(({ kind }) => kind),
				["message", "erased", "erased", "erased", "erased", "erased", "edit", "erased", "erased", "removal"],
			);
		},
	);

	storeTest(name, "C2 only a text of the author that is young enough can be edited", open, async ({ store }) => {
		await store.append([text("lobby", "hello", { createdAt: 10 }), place("lobby", { latitude: 1, longitude: 2 })]);
		await store.append([reaction(BEN, "lobby", 1, "👍"), text("lobby", "gone"), removal("lobby", 4)]);
		await store.append([text("attic", "another room")]);
		const cases = [
			[edit("lobby", 1, "x", { user: BEN }), "forbidden"],
			[edit("lobby", 2, "x"), "forbidden"],
			[edit("lobby", 1, "x", { notBefore: 11 }), "expired"],
			[edit("lobby", 1, "x", { user: BEN, notBefore: 11 }), "forbidden"],
			...[0, 3, 4, 5, 6, -1].map((target) => [edit("lobby", target, "x"), "missing"] as const),
			[edit("nowhere", 1, "x"), "missing"],
		] as const;
		for (const [append, reason] of cases)
			assert.deepEqual(await store.append([append]), [{ outcome: "refused", reason }], JSON.stringify(append));
		assert.equal((await store.open("lobby", 0)).seq, 5);
		const [last] = await store.append([edit("lobby", 1, "x", { notBefore: 10 })]);
		assert.equal(last?.outcome, "appended");
	});

	storeTest(name, "C2 an edit to the current text and mentions appends nothing", open, async ({ store }) => {
		await store.append([text("lobby", "hello", { createdAt: 10 }), text("lobby", "hi", { mentions: [BEN.id] })]);
		const same = async (target: number, body: string, mentions?: string[]) =>
			(await store.append([edit("lobby", target, body, { mentions })]))[0];
		assert.deepEqual(await same(1, "hello"), { outcome: "repeated", seq: 1, createdAt: 10 });
		assert.deepEqual(await same(1, "hello", []), { outcome: "repeated", seq: 1, createdAt: 10 });
		await store.append([reaction(BEN, "lobby", 1, "👍")]);
		assert.deepEqual(await same(1, "hello"), { outcome: "repeated", seq: 3, createdAt: 4_000 });
		assert.deepEqual(await same(2, "hi", [BEN.id]), { outcome: "repeated", seq: 2, createdAt: 1_000 });
		assert.equal((await same(2, "hi"))?.outcome, "appended");
		assert.deepEqual(await same(2, "hi"), { outcome: "repeated", seq: 4, createdAt: 3_000 });
	});

	storeTest(
		name,
		"M2 a repeated edit returns the first one's position, also later and in one batch",
		open,
		async (under) => {
			const { store, reopen } = under;
			const first = edit("lobby", 1, "two", { createdAt: 20 });
			const repeated = { outcome: "repeated", seq: 2, createdAt: 20 };
			const outcomes = await store.append([text("lobby", "one"), first, { ...first, body: "other" }]);
			assert.deepEqual(outcomes[2], repeated);
			await store.append([edit("lobby", 1, "three"), removal("lobby", 1)]);
			assert.deepEqual(await (await reopen()).append([first]), [repeated]);
		},
	);

	storeTest(name, "M2 all kinds of entries of a user share the clientIds", open, async ({ store }) => {
		const message = text("lobby", "one", { createdAt: 5 });
		await store.append([message]);
		const { clientId } = message;
		const repeated = [{ outcome: "repeated", seq: 1, createdAt: 5 }];
		for (const append of [
			edit("lobby", 1, "x", { clientId }),
			reaction(ADA, "lobby", 1, "👍", { clientId }),
			{ kind: "pin", room: "lobby", target: 9, by: { user: ADA, clientId }, on: true, createdAt: 1 } as const,
			{ kind: "removal", room: "lobby", target: 1, by: { user: ADA, clientId }, createdAt: 1 } as const,
			text("lobby", "two", { clientId, reply: 99 }),
		])
			assert.deepEqual(await store.append([append]), repeated, append.kind);
		const [ofBen] = await store.append([reaction(BEN, "lobby", 1, "👍", { clientId })]);
		assert.equal(ofBen?.outcome, "appended");
	});
}
