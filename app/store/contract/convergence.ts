import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { applyEntry, initialMessage } from "../../protocol/apply-entry.ts";
import type { Entry } from "../../protocol/log.ts";
import type { HistoryData, Message } from "../../protocol/message.ts";
import type { Append } from "../../room/ports/log.ts";
import type { Store } from "../../room/ports/store.ts";
import { ADA, BEN, edit, type OpenForTest, pin, reaction, removal, removalBy, storeTest, text } from "./fixture.ts";

const CLEO = { id: "cleo-0000001", name: "Cleo" };
const VIEWER = BEN.id;
/** More than any log of this test. */
const ALL = 1_000;

/** An append; `target` is an arbitrary number. */
const step = fc.record({
	kind: fc.constantFrom("message", "reply", "reply", "edit", "edit", "reaction", "pin", "removal", "author's removal"),
	user: fc.constantFrom(ADA, BEN, CLEO),
	target: fc.nat({ max: 1_000 }),
	body: fc.string({ maxLength: 12 }),
	mentions: fc.option(fc.subarray([ADA.id, BEN.id, "room"]), { nil: undefined }),
	emoji: fc.constantFrom("👍", "❤️"),
	on: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Returns a step as an append to a room with this head. Its target is an existing entry, or the next one. */
function appendOf({ kind, user, body, mentions, emoji, on, ...step }: Step, room: string, head: number): Append {
	const target = 1 + (step.target % (head + 1));
	if (kind === "message") return text(room, body, { author: user, mentions });
	if (kind === "reply") return text(room, body, { author: user, mentions, reply: target });
	if (kind === "edit") return edit(room, target, body, { user, mentions });
	if (kind === "reaction") return reaction(user, room, target, emoji, { on });
	if (kind === "pin") return pin(room, target, { by: { user, clientId: randomUUID() }, on });
	return kind === "removal" ? removal(room, target) : removalBy(user, room, target);
}

/** Returns the messages of a reader that has read a page and receives entries after it. */
function afterEntries(page: HistoryData, entries: readonly Entry[]): Message[] {
	let messages = page.messages;
	for (const entry of entries) {
		messages = messages.flatMap((message) => applyEntry(message, entry, VIEWER) ?? []);
		if (entry.kind === "message") messages.push(initialMessage(entry));
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
		const head = pages.at(-1)!.seq;
		await store.append(batch.map((step, index) => appendOf(step, room, head + index)));
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
