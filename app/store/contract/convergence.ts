import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEntry } from "../../protocol/apply-entry.ts";
import type { Entry } from "../../protocol/log.ts";
import type { HistoryData, Message } from "../../protocol/message.ts";
import type { Append } from "../../room/ports/log.ts";
import type { Store } from "../../room/ports/store.ts";
import { ADA, BEN, edit, type OpenForTest, pin, reaction, removal, removalBy, storeTest, text } from "./fixture.ts";

const CLEO = { id: "cleo-0000001", name: "Cleo" };
const VIEWER = BEN.id;
/** More than any log of this test. */
const ALL = 1_000;

const author = fc.constantFrom(ADA, BEN, CLEO);
const target = fc.integer({ min: 1, max: 12 });
const mentions = fc.option(fc.subarray([ADA.id, BEN.id, "room"]), { nil: undefined });
const body = fc.string({ maxLength: 12 });
const on = fc.boolean();

/** Makes an append for a room. */
type Step = (room: string) => Append;
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.tuple(author, body, mentions, fc.option(target, { nil: undefined })).map(
		([author, body, mentions, reply]): Step =>
			(room) =>
				text(room, body, { author, mentions, reply }),
	),
	fc.tuple(author, target, body, mentions).map(
		([user, target, body, mentions]): Step =>
			(room) =>
				edit(room, target, body, { user, mentions }),
	),
	fc.tuple(author, target, fc.constantFrom("👍", "❤️"), on).map(
		([user, target, emoji, on]): Step =>
			(room) =>
				reaction(user, room, target, emoji, { on }),
	),
	fc.tuple(author, target, on).map(
		([user, target, on]): Step =>
			(room) =>
				pin(room, target, { user, on }),
	),
	fc.tuple(author, target).map(
		([user, target]): Step =>
			(room) =>
				removalBy(user, room, target),
	),
	target.map(
		(target): Step =>
			(room) =>
				removal(room, target),
	),
);

/** Returns the messages of a reader that has read a page and receives entries after it. */
function afterEntries(page: HistoryData, entries: readonly Entry[]): Message[] {
	let messages = page.messages;
	for (const entry of entries) {
		messages = messages.flatMap((message) => applyEntry(message, entry, VIEWER) ?? []);
		if (entry.kind !== "message") continue;
		const { kind: _, ...message } = entry;
		messages.push({ ...message, rev: message.seq });
	}
	return messages;
}

/** The order of the reactions is not defined. */
function sorted(messages: readonly Message[]): Message[] {
	return messages.map((message) => ({
		...message,
		...(message.reactions && { reactions: message.reactions.toSorted((a, b) => (a.emoji < b.emoji ? -1 : 1)) }),
	}));
}

/** Appends batches. Returns a page before the first one and after each. */
async function pagesOf(store: Store, room: string, batches: readonly Step[][]): Promise<HistoryData[]> {
	const read = () => store.history(room, { limit: ALL, viewer: VIEWER });
	const pages = [await read()];
	for (const batch of batches) {
		await store.append(batch.map((step) => step(room)));
		pages.push(await read());
	}
	return pages;
}

/** What the entries of a log make of a page is what a later page has. */
export function convergenceContract(name: string, open: OpenForTest): void {
	storeTest(name, "C1 readers that start at different entries of a log end in the same state", open, async (under) => {
		const { store } = under;
		let rooms = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { maxLength: 8 }), async (batches) => {
				const room = `room ${++rooms}`;
				const pages = await pagesOf(store, room, batches);
				const newest = sorted(pages.at(-1)!.messages);
				for (const page of pages) {
					const { entries } = await store.since(room, page.seq, ALL);
					assert.deepEqual(sorted(afterEntries(page, entries)), newest);
				}
				const opened = await store.open(room, ALL, ALL);
				assert.deepEqual(opened.entries, (await store.since(room, 0, ALL)).entries);
				const withoutViewer = await store.history(room, { limit: ALL });
				assert.deepEqual(opened.messages, withoutViewer.messages);
			}),
			{ numRuns: 60 },
		);
	});
}
