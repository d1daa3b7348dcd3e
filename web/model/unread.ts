import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";

/** The number of unread messages of other users. With `more` it is a lower bound ("50+"). */
export type Unread = { count: number; more: boolean };

const MAX_COUNTED = 500;

/** Counts the unread messages of a room. */
export class UnreadCounter {
	readonly #me: string;
	/** The times of unread messages, by seq. */
	readonly #unread = new Map<number, number>();
	#more = false;

	constructor(me: string) {
		this.#me = me;
	}

	get value(): Unread {
		return { count: this.#unread.size, more: this.#more };
	}

	/** The first unread message. */
	get first(): { seq: number; at: number } | undefined {
		if (this.#unread.size === 0) return undefined;
		const seq = Math.min(...this.#unread.keys());
		return { seq, at: this.#unread.get(seq)! };
	}

	/** Starts with consecutive messages of a room, and whether there are more of them. `read` is the newest entry that was read; undefined: all of them were. */
	start(
		read: Cursor | undefined,
		epoch: string,
		messages: readonly Message[],
		hasOlder: boolean,
		hasNewer = false,
	): void {
		this.#unread.clear();
		this.#more = false;
		if (read?.epoch !== epoch) return;
		for (const message of messages) if (message.seq > read.seq) this.#count(message);
		if (hasNewer || (hasOlder && messages[0] && messages[0].seq > read.seq + 1)) this.#more = true;
	}

	receive(entries: readonly Entry[]): void {
		for (const entry of entries) {
			if (entry.kind === "message") this.#count(entry);
			if (entry.kind === "removal") this.#unread.delete(entry.target);
		}
	}

	/** Records that everything up to this message was read. */
	readUpTo(seq: number): void {
		// The messages that are not counted are before the first one, or there are too many to count.
		if (this.#unread.size < MAX_COUNTED) this.#more = false;
		for (const unread of this.#unread.keys()) if (unread <= seq) this.#unread.delete(unread);
	}

	clear(): void {
		this.#unread.clear();
		this.#more = false;
	}

	#count({ seq, author, createdAt }: Message): void {
		if (author.id === this.#me) return;
		if (this.#unread.size < MAX_COUNTED) this.#unread.set(seq, createdAt);
		else this.#more = true;
	}
}
