import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { MAX_PINS } from "../../protocol/limits.ts";
import type { Append } from "../../room/ports/log.ts";
import {
	ADA,
	BEN,
	fill,
	MISSING,
	messageAt,
	type OpenForTest,
	pin,
	removal,
	storeTest,
	text,
	upTo,
	wholeLog,
} from "./fixture.ts";

/** Pinned messages. */
export function pinsContract(name: string, open: OpenForTest): void {
	storeTest(name, "C5 a pinned message is marked and listed, until it is unpinned or removed", open, async (under) => {
		const { store, reopen } = under;
		await fill(store, "lobby", 9);
		await fill(store, "attic", 3);
		const [outcome] = await store.append([
			pin("lobby", 7, { by: { user: BEN, clientId: randomUUID() } }),
			pin("lobby", 2),
			pin("attic", 1),
		]);
		const entry = { kind: "pin", seq: 10, target: 7, user: BEN, on: true, createdAt: 5_000 };
		assert.deepEqual(outcome, { outcome: "appended", entry });
		await store.append([pin("lobby", 5), pin("lobby", 4)]);
		const reopened = await reopen();
		const pins = async (page: { before?: number; after?: number } = {}, limit = 10) => {
			const { messages, more, seq } = await reopened.history("lobby", { ...page, pinned: true, limit });
			assert.ok(messages.every(({ pinned }) => pinned));
			return [messages.map((message) => message.seq), more, seq];
		};
		assert.deepEqual(await pins(), [[2, 4, 5, 7], false, 13]);
		assert.deepEqual(await pins({}, 3), [[4, 5, 7], true, 13]);
		assert.deepEqual(await pins({ before: 5 }), [[2, 4], false, 13]);
		assert.deepEqual(await pins({ after: 2 }, 2), [[4, 5], true, 13]);
		assert.deepEqual(await messageAt(reopened, "lobby", 7), {
			...{ seq: 7, rev: 10, author: ADA, createdAt: 1_000, body: "7", pinned: true },
		});
		await reopened.append([pin("lobby", 5, { on: false }), removal("lobby", 2)]);
		assert.deepEqual(await pins(), [[4, 7], false, 15]);
		assert.equal((await messageAt(reopened, "lobby", 5))?.pinned, undefined);
		assert.deepEqual(
			(await wholeLog(reopened, "lobby")).slice(9).map(({ kind }) => kind),
			["pin", "erased", "pin", "pin", "pin", "removal"],
		);
	});

	storeTest(name, "C5 a message that is pinned already is not pinned again", open, async ({ store }) => {
		await fill(store, "lobby", 1);
		const first = pin("lobby", 1, { createdAt: 20 });
		const outcomes = await store.append([pin("lobby", 1, { on: false }), first, pin("lobby", 1), first]);
		const at = (seq: number, createdAt: number) => ({ outcome: "repeated", seq, createdAt });
		assert.deepEqual([outcomes[0], ...outcomes.slice(2)], [at(1, 1_000), at(2, 20), at(2, 20)]);
		for (const target of [0, 2, 3]) assert.deepEqual(await store.append([pin("lobby", target)]), MISSING);
	});

	storeTest(name, "C5 A6 a pin by an admin names nobody, and is in the audit log once", open, async ({ store }) => {
		await fill(store, "lobby", 1);
		const audit = { act: "pin_message", target: { room: "lobby", seq: 1 }, createdAt: 6_000, by: "Eve" } as const;
		const byAdmin: Append = { kind: "pin", room: "lobby", target: 1, on: true, createdAt: 6_000, audit };
		const entry = { kind: "pin", seq: 2, target: 1, on: true, createdAt: 6_000 };
		assert.deepEqual(await store.append([byAdmin]), [{ outcome: "appended", entry }]);
		assert.deepEqual((await wholeLog(store, "lobby")).at(-1), entry);
		await store.append([byAdmin, { ...byAdmin, target: 9 }]);
		const { entries } = await store.audit({ limit: 10 });
		assert.deepEqual(entries, [{ id: entries[0]?.id, ...audit }]);
	});

	storeTest(name, "C5 a room has a bounded number of pins", open, async ({ store }) => {
		await fill(store, "lobby", MAX_PINS + 2);
		await store.append([...upTo(MAX_PINS).map((seq) => pin("lobby", seq)), text("attic", "hello")]);
		const more = pin("lobby", MAX_PINS + 1);
		const full = { outcome: "refused", reason: "full" };
		assert.deepEqual(await store.append([more]), [full]);
		const outcomes = await store.append([
			pin("attic", 1),
			pin("lobby", 1),
			removal("lobby", 9),
			more,
			pin("lobby", 52),
		]);
		assert.deepEqual(
			outcomes.map(({ outcome }) => outcome),
			["appended", "repeated", "appended", "appended", "refused"],
		);
	});
}
