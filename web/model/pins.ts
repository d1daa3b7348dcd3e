import { applyEntry, changedBy } from "../../app/protocol/apply-entry.ts";
import { MAX_PINS } from "../../app/protocol/limits.ts";
import type { Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import type { MessageItem } from "./item.ts";
import type { MessageItems } from "./message-items.ts";
import type { RecentEntries } from "./recent-entries.ts";

/** Requests for a list that is overtaken by newer pins each time. */
const MAX_ATTEMPTS = 3;

export type PinsOptions = {
	room: string;
	/** The id of the signed-in user. */
	viewer: string;
	connection: Pick<ServerConnection, "request">;
	recent: RecentEntries;
	/** Returns the message if its state is known. */
	lookup(seq: number): Message | "removed" | undefined;
	/** Called when the list has changed. */
	onChange(): void;
};

/** The pinned messages of a room: loaded on demand, then kept current by entries. Bounded by `MAX_PINS`. */
export class Pins {
	readonly #options: PinsOptions;
	/** Undefined until they are loaded. */
	#messages: Map<number, Message> | undefined;
	#isWanted = false;
	/** Whether `messages` lacks a pin that has arrived. */
	#isStale = false;
	#attempt = 0;
	/** The newest pin whose message was not known. */
	#newestUnknown = 0;

	constructor(options: PinsOptions) {
		this.#options = options;
	}

	/** Loads the list, unless it is loaded. From then on it is kept current. */
	async load(): Promise<Refusal | undefined> {
		this.#isWanted = true;
		return this.#messages && !this.#isStale ? undefined : this.#load();
	}

	/** Returns the pinned messages as they will be after the pending changes, by seq; undefined until they are loaded. */
	items(messageItems: MessageItems, clientIds: ReadonlyMap<number, string>): MessageItem[] | undefined {
		if (!this.#messages) return undefined;
		const messages = new Map(this.#messages);
		for (const change of messageItems.changes) {
			if (change.kind !== "pin" || !change.on || typeof change.target !== "number") continue;
			const message = this.#options.lookup(change.target);
			if (typeof message === "object" && !messages.has(message.seq)) messages.set(message.seq, message);
		}
		return [...messages.values()]
			.sort((a, b) => a.seq - b.seq)
			.flatMap((message) => messageItems.stored(message, clientIds.get(message.seq)) ?? [])
			.filter(({ pinned }) => pinned);
	}

	receive(entries: readonly Entry[]): void {
		for (const entry of entries) for (const seq of changedBy(entry)) this.#apply(entry, seq);
	}

	drop(seq: number): void {
		this.#messages?.delete(seq);
	}

	/** Loads what could not be loaded before, after a reconnect. */
	resume(): void {
		if (this.#isWanted && (!this.#messages || this.#isStale)) void this.#load();
	}

	/** Drops the list: the client's copy of the log has been replaced. */
	reset(): void {
		this.#attempt++;
		this.#messages = undefined;
	}

	#apply(entry: Entry, seq: number): void {
		const { viewer, lookup } = this.#options;
		const message = this.#messages?.get(seq);
		if (message) {
			const changed = applyEntry(message, entry, viewer);
			if (changed?.pinned) this.#messages!.set(seq, changed);
			else this.#messages!.delete(seq);
			return;
		}
		if (entry.kind !== "pin" || !entry.on || !this.#isWanted) return;
		const known = lookup(seq);
		if (typeof known === "object" && known.pinned && this.#messages) {
			this.#messages.set(seq, known);
			return;
		}
		this.#newestUnknown = entry.seq;
		this.#isStale = true;
		if (this.#messages) void this.#load();
	}

	async #load(attempts = MAX_ATTEMPTS): Promise<Refusal | undefined> {
		const { room, connection, recent, onChange } = this.#options;
		const attempt = ++this.#attempt;
		const ack = await connection.request("message:history", { room, pinned: true, limit: MAX_PINS });
		if (attempt !== this.#attempt) return undefined;
		if (!ack.ok) return ack.error;
		const current = recent.update(ack.data.messages, ack.data.seq);
		// A message was pinned after the page was read.
		if (!current || ack.data.seq < this.#newestUnknown) return attempts > 1 ? this.#load(attempts - 1) : OUTDATED;
		this.#isStale = false;
		this.#messages = new Map(current.flatMap((message) => (message.pinned ? [[message.seq, message]] : [])));
		onChange();
		return undefined;
	}
}

const OUTDATED: Refusal = {
	code: "unavailable",
	message: "The pinned messages couldn't be loaded. Try again.",
	retryable: true,
};
