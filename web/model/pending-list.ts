import { type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import { isSendable } from "./outbox-request.ts";
import type { Pending, PendingChange, PendingMessage, PendingStore, StoredPending, Target } from "./pending.ts";

const MAX_PENDING = 200;

type PendingListOptions = {
	user: User;
	store: PendingStore;
	/** Returns the newest known entry of the room: a message that is sent now comes after it. */
	cursorBefore(room: string): Cursor | undefined;
	/** Whether this page has drawn the room. */
	isDrawn(room: string): boolean;
};

type Update = Partial<Omit<PendingMessage, "kind">> | Partial<Omit<PendingChange, "kind">>;

/** The pending messages and changes of all rooms, in the order of sending, on the page and on the device. */
export class PendingList {
	readonly #options: PendingListOptions;
	readonly #entries = signal<readonly Pending[]>([]);

	constructor(options: PendingListOptions) {
		this.#options = options;
	}

	get entries(): ReadonlySignal<readonly Pending[]> {
		return this.#entries;
	}

	/** Returns a refusal if no more entries are kept. */
	get full(): Refusal | undefined {
		return this.#entries.peek().length >= MAX_PENDING ? TOO_MANY : undefined;
	}

	/** Returns an order after all pending entries, and after those that other tabs have written so far. */
	get nextOrder(): number {
		return Math.max(Date.now(), (this.#entries.peek().at(-1)?.order ?? 0) + 1);
	}

	of(room: string): Pending[] {
		return this.#entries.peek().filter((entry) => entry.room === room);
	}

	changesOf(room: string, target: Target): PendingChange[] {
		return this.#entries
			.peek()
			.filter((one): one is PendingChange => one.kind !== "message" && one.room === room && one.target === target);
	}

	find(clientId: string): Pending | undefined {
		return this.#entries.peek().find((entry) => entry.clientId === clientId);
	}

	findMessage(target: Target): PendingMessage | undefined {
		const found = typeof target === "string" ? this.find(target) : undefined;
		return found?.kind === "message" ? found : undefined;
	}

	/** Adds entries that are stored on the device already. */
	insert(entries: readonly Pending[]): void {
		this.#entries.value = [...this.#entries.peek(), ...entries].sort((a, b) => a.order - b.order);
	}

	add(entry: Pending): void {
		this.insert([entry]);
		this.persist(entry.clientId);
	}

	/** Changes an entry on the page. */
	update(clientId: string, change: Update): void {
		this.#entries.value = this.#entries
			.peek()
			.map((entry) => (entry.clientId === clientId ? ({ ...entry, ...change } as Pending) : entry));
	}

	/** Drops these entries from the page, and from the device too. */
	drop(isDropped: (entry: Pending) => boolean): void {
		const dropped = this.#entries.peek().filter(isDropped);
		for (const { clientId } of dropped) this.unpersist(clientId);
		this.hide(isDropped);
	}

	/** Drops these entries from the page. */
	hide(isHidden: (entry: Pending) => boolean): void {
		if (!this.#entries.peek().some(isHidden)) return;
		this.#entries.value = this.#entries.peek().filter((entry) => !isHidden(entry));
	}

	/** Stores the entry as it is now. If the device cannot store it, it is sent all the same. */
	persist(clientId: string): void {
		const entry = this.find(clientId);
		if (entry) this.#options.store.put(this.#recordOf(entry)).catch(() => {});
	}

	unpersist(clientId: string): void {
		this.#options.store.remove(clientId).catch(() => {});
	}

	/** Takes over the entries of closed tabs and of the page before a reload. `onTaken` is called with their rooms. */
	restore(onTaken: (rooms: Set<string>) => void): Promise<void> {
		const { store, user } = this.#options;
		const take = (records: StoredPending[]) => {
			const entries = records.filter(({ clientId }) => !this.find(clientId)).flatMap((record) => this.#entryOf(record));
			this.insert(entries);
			this.#dropOrphans();
			onTaken(new Set(entries.map(({ room }) => room)));
		};
		return store.adopt(user, take).catch(() => {});
	}

	#recordOf(entry: Pending): StoredPending {
		const { user, cursorBefore } = this.#options;
		const { state: _, seq: __, refusal = null, ...rest } = entry;
		const common = { author: user, refusal };
		if (rest.kind === "message") {
			const { after, hidden: _, ...message } = rest;
			return { ...message, ...common, after: after === "unknown" ? null : (after ?? cursorBefore(entry.room) ?? null) };
		}
		const { isSent: ___, isHeld: ____, ...change } = rest;
		return { ...change, ...common };
	}

	#entryOf(record: StoredPending): Pending[] {
		const { user, isDrawn } = this.#options;
		const { author, refusal: failure, ...entry } = record;
		const refusal = failure ?? (author.id === user.id ? null : SIGNED_OUT);
		const sending = refusal ? { state: "failed" as const, refusal } : { state: "queued" as const };
		switch (entry.kind) {
			case undefined:
			case "message": {
				const { after, ...message } = entry;
				const restored = { ...message, kind: "message" as const, ...sending };
				// What refers to a message without a seq, or has a file that is not uploaded, cannot have been sent.
				const isUnsent = refusal !== null || !isSendable(restored);
				const known = isUnsent ? {} : { after: after ?? ("unknown" as const), hidden: isDrawn(entry.room) };
				return [{ ...restored, ...known }];
			}
			case "edit":
				return [{ ...entry, ...sending, isSent: true }];
			case "removal":
			case "reaction":
			case "pin":
				// Without a text there is nothing that the user of a new session could want back.
				if (refusal === SIGNED_OUT) this.unpersist(entry.clientId);
				else return [{ ...entry, ...sending, isSent: true }];
				return [];
			default:
				// A kind of a later version, which finds it again.
				return [];
		}
	}

	/** Drops changes of pending messages that are not there any more. */
	#dropOrphans(): void {
		const isMissing = (target: Target | undefined) => typeof target === "string" && !this.findMessage(target);
		this.drop((entry) => entry.kind !== "message" && isMissing(entry.target));
		for (const entry of this.#entries.peek()) {
			if (entry.kind === "message" && isMissing(entry.reply)) this.withoutReply(entry.clientId);
		}
	}

	/** Makes a message of a reply whose target is not there any more. */
	withoutReply(clientId: string): void {
		this.#entries.value = this.#entries.peek().map((entry) => {
			if (entry.clientId !== clientId || entry.kind !== "message") return entry;
			const { reply: _, root: __, ...message } = entry;
			return message;
		});
		this.persist(clientId);
	}

	/** Replaces the clientId of a message by its seq wherever an entry refers to it. */
	resolve(clientId: string, seq: number, epoch: string | undefined): void {
		const known = epoch === undefined ? {} : { epoch };
		for (const entry of this.#entries.peek()) {
			if (entry.kind !== "message") {
				if (entry.target !== clientId) continue;
				this.update(entry.clientId, { target: seq, ...known });
			} else {
				if (entry.reply !== clientId && entry.root !== clientId) continue;
				const root = entry.root === clientId ? { root: seq } : {};
				this.update(entry.clientId, { ...root, ...(entry.reply === clientId && { reply: seq }), ...known });
			}
			this.persist(entry.clientId);
		}
	}
}

const TOO_MANY: Refusal = {
	code: "rate_limited",
	message: `${MAX_PENDING} messages are waiting to be sent. Wait a moment, or discard the ones that failed.`,
	retryable: true,
};
const SIGNED_OUT: Refusal = {
	code: "unauthorized",
	message: "You were signed out before this was sent. Try again or discard it.",
	retryable: false,
};
