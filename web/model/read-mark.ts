import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import { MentionCounter } from "./mention-counter.ts";
import { type Unread, UnreadCounter } from "./unread.ts";

type ReadMarkOptions = {
	/** The id of the signed-in user. */
	me: string;
	/** The newest entry that was read on this device, if known. */
	read: Cursor | undefined;
	/** Called with the newest entry that has been read. */
	onRead(cursor: Cursor): void;
};

/** The newest entry of a room that was read, and the numbers of messages and mentions after it. */
export class ReadMark {
	readonly #onRead: (cursor: Cursor) => void;
	readonly #counter: UnreadCounter;
	readonly #mentionCounter: MentionCounter;
	readonly #unread = signal<Unread>({ count: 0, more: false });
	readonly #mentions = signal(0);
	readonly #newSince = signal<number | undefined>();
	#read: Cursor | undefined;

	constructor({ me, read, onRead }: ReadMarkOptions) {
		this.#read = read;
		this.#onRead = onRead;
		this.#counter = new UnreadCounter(me);
		this.#mentionCounter = new MentionCounter(me);
	}

	get unread(): ReadonlySignal<Unread> {
		return this.#unread;
	}
	get mentions(): ReadonlySignal<number> {
		return this.#mentions;
	}
	get newSince(): ReadonlySignal<number | undefined> {
		return this.#newSince;
	}

	/** Starts with the newest messages of the room. `newest`: ascending. */
	start(cursor: Cursor, newest: readonly Message[], hasOlder: boolean): void {
		this.#counter.start(this.#read, cursor.epoch, newest, hasOlder);
		this.#mentionCounter.start(this.#read, cursor.epoch, cursor.seq, newest);
		// A room that is new on this device, or whose log was replaced, starts without unread messages.
		if (this.#read?.epoch !== cursor.epoch) this.mark(cursor);
	}

	receive(entries: readonly Entry[]): void {
		this.#counter.receive(entries);
		this.#mentionCounter.receive(entries);
	}

	/** Call this when the user switches to the room. */
	open(): void {
		this.#newSince.value = this.#counter.first;
	}

	/** Marks everything up to the cursor as read. */
	mark(cursor: Cursor | undefined): void {
		if (!cursor || (this.#read?.epoch === cursor.epoch && this.#read.seq >= cursor.seq)) return;
		this.#read = cursor;
		this.#onRead(cursor);
		this.#counter.clear();
		this.#mentionCounter.clear();
		this.publish();
	}

	/** Shows the current numbers. */
	publish(): void {
		batch(() => {
			this.#unread.value = this.#counter.value;
			this.#mentions.value = this.#mentionCounter.count;
		});
	}
}
