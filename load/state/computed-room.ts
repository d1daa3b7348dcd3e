import { applyEntry, changedBy, initialMessage } from "../../app/protocol/apply-entry.ts";
import type { Entry } from "../../app/protocol/log.ts";
import type { HistoryData, Message } from "../../app/protocol/message.ts";

/** Messages that are kept: more than a page, which they are compared with at the end. */
const MAX_MESSAGES = 300;
/** Entries that are kept for a page that was read before they arrived. */
const MAX_RECENT = 256;

/** The newest messages of a room as one user computes them: those of the join, and every entry applied to them (rule C1). */
export class ComputedRoom {
	/** The seq up to which entries were applied. */
	head = 0;
	readonly #viewer: string;
	/** By seq. */
	#messages = new Map<number, Message>();
	/** The seqs of `#messages`, ascending. */
	#seqs: number[] = [];
	/** The seq from which on no message is missing. */
	#from = 1;
	#recent: Entry[] = [];

	/** @param viewer the id of the user */
	constructor(viewer: string) {
		this.#viewer = viewer;
	}

	/** The seq from which on it has every message. */
	get from(): number {
		return this.#from;
	}

	get messages(): Message[] {
		return this.#seqs.map((seq) => this.#messages.get(seq)!);
	}

	/** Begins with the newest messages of a room whose log has this head. */
	start(messages: readonly Message[], head: number): void {
		this.#messages = new Map(messages.map((message) => [message.seq, message]));
		this.#seqs = messages.map(({ seq }) => seq);
		this.#from = this.#seqs[0] ?? head + 1;
		this.#recent = [];
		this.head = head;
	}

	/** Applies the next entry of the log. */
	apply(entry: Entry): void {
		if (entry.seq <= this.head) return;
		this.head = entry.seq;
		this.#recent.push(entry);
		if (this.#recent.length > MAX_RECENT) this.#recent.shift();
		this.#applyToMessages(entry);
		if (entry.kind === "message") {
			this.#messages.set(entry.seq, initialMessage(entry));
			this.#seqs.push(entry.seq);
			if (this.#seqs.length > MAX_MESSAGES) this.#dropOldest();
		}
	}

	/**
	 * Merges a page of messages: of two states of one the newer counts. Where it is the page before {@link from}, its messages
	 * are added, with the entries that have arrived since it was read.
	 */
	merge({ messages, seq: head }: HistoryData, before?: number): void {
		for (const message of messages) {
			const known = this.#messages.get(message.seq);
			if (known && message.rev > known.rev) this.#messages.set(message.seq, message);
		}
		if (before !== this.#from || messages.length === 0 || this.#seqs.length + messages.length > MAX_MESSAGES) return;
		const since = this.#recent.filter(({ seq }) => seq > head);
		// It was read later than the last entry that has arrived, or too long before.
		if (since.length !== this.head - head) return;
		for (const message of messages) this.#messages.set(message.seq, message);
		this.#seqs.unshift(...messages.map(({ seq }) => seq));
		this.#from = this.#seqs[0]!;
		for (const entry of since) this.#applyToMessages(entry);
	}

	#applyToMessages(entry: Entry): void {
		for (const seq of changedBy(entry)) this.#change(seq, entry);
	}

	#change(seq: number, entry: Entry): void {
		const message = this.#messages.get(seq);
		if (!message) return;
		const changed = applyEntry(message, entry, this.#viewer);
		if (changed) this.#messages.set(seq, changed);
		else {
			this.#messages.delete(seq);
			this.#seqs.splice(this.#seqs.indexOf(seq), 1);
		}
	}

	#dropOldest(): void {
		const seq = this.#seqs.shift()!;
		this.#messages.delete(seq);
		this.#from = this.#seqs[0]!;
	}
}
