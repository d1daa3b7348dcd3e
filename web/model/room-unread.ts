import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { MessageWindow } from "./message-window.ts";
import type { NewMarker } from "./room.ts";
import { type Unread, UnreadCounter } from "./unread.ts";

type RoomUnreadOptions = {
	/** The id of the signed-in user. */
	me: string;
	window: MessageWindow;
	/** Returns the newest entry of the log that has arrived. */
	cursor(): Cursor | undefined;
	/** The newest entry that was read on this device, if known. */
	read: Cursor | undefined;
	onRead(cursor: Cursor): void;
	/** Shows the messages after the one with this seq. */
	load(read: number): Promise<Refusal | undefined>;
};

/** How far a room was read, what is unread, and where that begins. */
export class RoomUnread {
	readonly #options: RoomUnreadOptions;
	readonly #counter: UnreadCounter;
	readonly #unread = signal<Unread>({ count: 0, more: false });
	readonly #newSince = signal<NewMarker | undefined>();
	#read: Cursor | undefined;
	#isLoading = false;

	constructor(options: RoomUnreadOptions) {
		this.#options = options;
		this.#counter = new UnreadCounter(options.me);
		this.#read = options.read;
	}

	get unread(): ReadonlySignal<Unread> {
		return this.#unread;
	}
	get newSince(): ReadonlySignal<NewMarker | undefined> {
		return this.#newSince;
	}

	/** Counts the messages of a log that starts over. `isFirst`: there was no log before. */
	start(epoch: string, newest: readonly Message[], isFirst: boolean): void {
		const { window } = this.#options;
		const messages = window.messages.length > 0 ? window.messages : newest;
		this.#counter.start(this.#read, epoch, messages, window.hasOlder);
		// A room that is new on this device, or whose log was replaced, starts without unread messages.
		if (this.#read?.epoch !== epoch) this.markRead();
		if (isFirst) this.#mark();
		if (isFirst && window.shown) this.#load();
		this.#update();
	}

	receive(entries: readonly Entry[]): void {
		this.#counter.receive(entries);
		this.#update();
	}

	/** Call this when the user switches to the room. */
	open(): void {
		if (this.#unread.peek().count === 0) this.#options.window.trim();
		this.#mark();
		this.#load();
	}

	markRead(upTo = Number.POSITIVE_INFINITY): void {
		const cursor = this.#options.cursor();
		// The latest messages are in view only until the unread ones arrive.
		if (!cursor || this.#isLoading) return;
		const seq = Math.min(upTo, cursor.seq);
		if (this.#read?.epoch === cursor.epoch && this.#read.seq >= seq) return;
		this.#read = { epoch: cursor.epoch, seq };
		this.#options.onRead(this.#read);
		if (seq === cursor.seq) this.#counter.clear();
		else this.#counter.readUpTo(seq);
		this.#update();
	}

	#mark(): void {
		const { first, value } = this.#counter;
		this.#newSince.value = first && { ...first, unread: value };
	}

	/** Loads the unread messages from the first one, if it is before the messages of the window. */
	async #load(): Promise<void> {
		const { window, load, cursor } = this.#options;
		const { first, value } = this.#counter;
		const read = this.#read;
		const oldest = window.messages[0];
		if (!read || !first || !oldest || !window.hasOlder || this.#isLoading) return;
		if (!value.more && first.seq >= oldest.seq) return;
		this.#isLoading = true;
		const refusal = await load(read.seq);
		this.#isLoading = false;
		// The request may have been replaced by another one.
		const start = window.messages[0]?.seq ?? 0;
		if (refusal || cursor()?.epoch !== read.epoch || start <= read.seq || start > first.seq) return;
		batch(() => {
			this.#counter.start(read, read.epoch, window.messages, false, window.hasNewer);
			this.#mark();
			this.#update();
		});
	}

	#update(): void {
		this.#unread.value = this.#counter.value;
	}
}
