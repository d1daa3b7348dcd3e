import { randomUUID } from "node:crypto";
import { type TestContext, test } from "node:test";
import type { Entry } from "../../protocol/log.ts";
import type { Location, Message } from "../../protocol/message.ts";
import type { User } from "../../protocol/session.ts";
import type { Append, AppendOutcome } from "../../room/ports/log.ts";
import type { Store } from "../../room/ports/store.ts";

/** A store for one test. */
export type StoreUnderTest = {
	store: Store;
	/** Closes the store and opens the same data again. */
	reopen(): Promise<Store>;
	/** Closes the store and deletes its data. */
	dispose(): Promise<void>;
};
export type OpenForTest<T extends StoreUnderTest = StoreUnderTest> = () => Promise<T>;

/** Runs a test with an empty store, which is deleted afterwards. */
export function storeTest<T extends StoreUnderTest>(
	name: string,
	title: string,
	open: OpenForTest<T>,
	run: (under: T, t: TestContext) => Promise<void>,
): void {
	test(`${title} (${name})`, async (t) => {
		const under = await open();
		try {
			await run(under, t);
		} finally {
			await under.dispose();
		}
	});
}

export const ADA = { id: "ada-00000001", name: "Ada" };
export const BEN = { id: "ben-00000001", name: "Ben" };

type MessageAppend = Append & { kind: "message" };

export function text(room: string, body: string, rest: Partial<MessageAppend> = {}): MessageAppend {
	return { kind: "message", room, author: ADA, clientId: randomUUID(), content: { body }, createdAt: 1_000, ...rest };
}

export function place(room: string, location: Location): MessageAppend {
	return text(room, "", { content: { location } });
}

/** A removal by an admin. */
export function removal(room: string, target: number): Append {
	return { kind: "removal", room, target, createdAt: 2_000 };
}

export function removalBy(user: User, room: string, target: number): Append & { kind: "removal" } {
	return { kind: "removal", room, target, createdAt: 2_000, by: { user, clientId: randomUUID() } };
}

type EditAppend = Append & { kind: "edit" };

export function edit(room: string, target: number, body: string, rest: Partial<EditAppend> = {}): EditAppend {
	const clientId = randomUUID();
	return { kind: "edit", room, target, user: ADA, clientId, body, createdAt: 3_000, notBefore: 0, ...rest };
}

type ReactionAppend = Append & { kind: "reaction" };

export function reaction(
	user: User,
	room: string,
	target: number,
	emoji: string,
	rest: Partial<ReactionAppend> = {},
): ReactionAppend {
	const clientId = randomUUID();
	return { kind: "reaction", room, target, user, clientId, emoji, on: true, createdAt: 4_000, ...rest };
}

type PinAppend = Append & { kind: "pin" };

export function pin(room: string, target: number, rest: Partial<PinAppend> = {}): PinAppend {
	const by = { user: ADA, clientId: randomUUID() };
	return { kind: "pin", room, target, by, on: true, createdAt: 5_000, ...rest };
}

export const MISSING: AppendOutcome[] = [{ outcome: "refused", reason: "missing" }];

/** Returns the message `seq` in its current state, as `viewer` reads it. */
export async function messageAt(
	store: Store,
	room: string,
	seq: number,
	viewer?: string,
): Promise<Message | undefined> {
	const page = { before: seq + 1, limit: 1, ...(viewer !== undefined && { viewer }) };
	const [message] = (await store.history(room, page)).messages;
	return message?.seq === seq ? message : undefined;
}

/** Appends `count` messages, "1", "2" and so on, in batches. */
export async function fill(store: Store, room: string, count: number): Promise<void> {
	for (let first = 1; first <= count; first += 500) {
		const size = Math.min(500, count - first + 1);
		await store.append(Array.from({ length: size }, (_, index) => text(room, String(first + index))));
	}
}

/** Returns the appended entries of a batch's outcomes. */
export function entriesOf(outcomes: readonly AppendOutcome[]): Entry[] {
	return outcomes.flatMap((outcome) => (outcome.outcome === "appended" ? [outcome.entry] : []));
}

/** Reads a room's whole log, page by page. */
export async function wholeLog(store: Store, room: string): Promise<Entry[]> {
	const entries: Entry[] = [];
	for (let more = true; more; ) {
		const page = await store.since(room, entries.at(-1)?.seq ?? 0, 100);
		entries.push(...page.entries);
		more = page.more;
	}
	return entries;
}

export function upTo(last: number, first = 1): number[] {
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
