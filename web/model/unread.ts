import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Message, SentMessage } from "../../app/protocol/message.ts";

/** The number of unread messages of other users. With `more` it is a lower bound ("50+"). */
export type Unread = { count: number; more: boolean };

const MAX_COUNTED = 500;

/** Counts the unread messages of a room. */
export class UnreadCounter {
	readonly #me: string;
	readonly #unread = new Set<number>();
	#more = false;

	constructor(me: string) {
		this.#me = me;
	}

	get value(): Unread {
		return { count: this.#unread.size, more: this.#more };
	}

	/** The seq of the first unread message. */
	get first(): number | undefined {
		return this.#unread.size > 0 ? Math.min(...this.#unread) : undefined;
	}

	/** Starts with the newest messages of a room. `read` is the newest entry that was read; undefined: all of them were. */
	start(read: Cursor | undefined, epoch: string, newest: readonly Message[], hasOlder: boolean): void {
		this.#unread.clear();
		this.#more = false;
		if (read?.epoch !== epoch) return;
		for (const message of newest) if (message.seq > read.seq) this.#count(message);
		if (hasOlder && newest[0] && newest[0].seq > read.seq + 1) this.#more = true;
	}

	receive(entries: readonly Entry[]): void {
		for (const entry of entries) {
			if (entry.kind === "message") this.#count(entry);
			if (entry.kind === "removal") this.#unread.delete(entry.target);
		}
	}

	clear(): void {
		this.#unread.clear();
		this.#more = false;
	}

	#count({ seq, author }: SentMessage): void {
		if (author.id === this.#me) return;
		if (this.#unread.size < MAX_COUNTED) this.#unread.add(seq);
		else this.#more = true;
	}
}
