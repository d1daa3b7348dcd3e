import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import { isMentioned } from "./mentions.ts";

const MAX_KEPT = 1_000;

/** Counts the unread messages that mention the signed-in user, or everybody. */
export class MentionCounter {
	readonly #me: string;
	/** Seqs of messages with an unread mention. */
	readonly #unread = new Set<number>();
	/** Seqs of all messages that mention the user, from `since` on. */
	readonly #mentioning = new Set<number>();
	/** Messages from this seq on have been seen, so that an edit of one is known to add a mention. */
	#since = Number.POSITIVE_INFINITY;

	constructor(me: string) {
		this.#me = me;
	}

	get count(): number {
		return this.#unread.size;
	}

	/** Starts with the newest messages of a room. `read` is the newest entry that was read; undefined: all of them were. */
	start(read: Cursor | undefined, epoch: string, head: number, newest: readonly Message[]): void {
		this.#unread.clear();
		this.#mentioning.clear();
		this.#since = newest[0]?.seq ?? head + 1;
		const readSeq = read?.epoch === epoch ? read.seq : Number.POSITIVE_INFINITY;
		for (const { seq, author, mentions: ids } of newest) {
			if (author.id === this.#me || !isMentioned(this.#me, ids)) continue;
			this.#keep(this.#mentioning, seq);
			if (seq > readSeq) this.#keep(this.#unread, seq);
		}
	}

	/** Only a mention that was not in the former text is a new one. It ends with the edit or removal that takes it back. */
	receive(entries: readonly Entry[]): void {
		for (const entry of entries) {
			if (entry.kind === "removal") this.#drop(entry.target);
			if ((entry.kind !== "message" && entry.kind !== "edit") || entry.author.id === this.#me) continue;
			const seq = entry.kind === "message" ? entry.seq : entry.target;
			if (!isMentioned(this.#me, entry.mentions)) this.#drop(seq);
			else if (seq >= this.#since && !this.#mentioning.has(seq)) {
				this.#keep(this.#mentioning, seq);
				this.#keep(this.#unread, seq);
			}
		}
	}

	clear(): void {
		this.#unread.clear();
	}

	#drop(seq: number): void {
		this.#unread.delete(seq);
		this.#mentioning.delete(seq);
	}

	#keep(seqs: Set<number>, seq: number): void {
		seqs.add(seq);
		if (seqs.size <= MAX_KEPT) return;
		const oldest = Math.min(...seqs);
		seqs.delete(oldest);
		// Whether an older message mentions the user is not known any more.
		if (seqs === this.#mentioning) this.#since = Math.max(this.#since, oldest + 1);
	}
}
