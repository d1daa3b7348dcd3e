import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { HistoryLoader } from "./history-loader.ts";
import { MentionCounter } from "./mention-counter.ts";
import type { NewMarker } from "./room.ts";
import type { RoomTimeline } from "./room-timeline.ts";
import { type Unread, UnreadCounter } from "./unread.ts";

type ReadMarkOptions = {
	/** The id of the signed-in user. */
	me: string;
	/** The newest entry that was read on this device, if known. */
	read: Cursor | undefined;
	/** Called with the newest entry that has been read. */
	onRead(cursor: Cursor): void;
	timeline: Pick<RoomTimeline, "cursor" | "window">;
	history: Pick<HistoryLoader, "loadUnread">;
	/** Called when the unread messages have been loaded. */
	onChange(): void;
};

/**
 * The newest entry of a room that was read, and the numbers of messages and mentions after it. The open room shows its
 * unread messages from the first one.
 */
export class ReadMark {
	readonly #options: ReadMarkOptions;
	readonly #counter: UnreadCounter;
	readonly #mentionCounter: MentionCounter;
	readonly #unread = signal<Unread>({ count: 0, more: false });
	readonly #mentions = signal(0);
	readonly #newSince = signal<NewMarker | undefined>();
	#read: Cursor | undefined;
	/** The newest entry that was read when the unread messages were requested. */
	#requestedFrom: Cursor | undefined;

	constructor(options: ReadMarkOptions) {
		const { me, read } = options;
		this.#options = options;
		this.#read = read;
		this.#counter = new UnreadCounter(me);
		this.#mentionCounter = new MentionCounter(me);
	}

	get unread(): ReadonlySignal<Unread> {
		return this.#unread;
	}
	get mentions(): ReadonlySignal<number> {
		return this.#mentions;
	}
	get newSince(): ReadonlySignal<NewMarker | undefined> {
		return this.#newSince;
	}

	/** Starts with the newest messages of the room. `newest`: ascending, in the place of an empty window. */
	start(newest: readonly Message[]): void {
		const { window, cursor } = this.#options.timeline;
		if (!cursor) return;
		this.#requestedFrom = undefined;
		const messages = window.messages.length > 0 ? window.messages : newest;
		this.#counter.start(this.#read, cursor.epoch, messages, window.hasOlder);
		this.#mentionCounter.start(this.#read, cursor.epoch, cursor.seq, messages);
		// A room that is new on this device, or whose log was replaced, starts without unread messages.
		if (this.#read?.epoch !== cursor.epoch) this.mark();
	}

	receive(entries: readonly Entry[]): void {
		this.#counter.receive(entries);
		this.#mentionCounter.receive(entries);
	}

	/** Marks where the unread messages begin now. Loads them in the open room. */
	open(): void {
		const { window } = this.#options.timeline;
		this.#markNew();
		if (!window.shown) return;
		if (this.#counter.value.count === 0) window.trim();
		void this.#load();
	}

	/** Records that everything was read, or everything up to the message with this seq. */
	mark(upTo = Number.POSITIVE_INFINITY): void {
		const { cursor } = this.#options.timeline;
		// The latest messages are in view only until the unread ones arrive.
		if (!cursor || this.#requestedFrom) return;
		const seq = Math.min(upTo, cursor.seq);
		if (this.#read?.epoch === cursor.epoch && this.#read.seq >= seq) return;
		this.#read = { epoch: cursor.epoch, seq };
		this.#options.onRead(this.#read);
		for (const counter of [this.#counter, this.#mentionCounter]) {
			if (seq === cursor.seq) counter.clear();
			else counter.readUpTo(seq);
		}
		this.publish();
	}

	/** Takes over what was read in another tab. */
	readElsewhere(read: Cursor | undefined): void {
		if (read && read.epoch === this.#options.timeline.cursor?.epoch) this.mark(read.seq);
	}

	/** Shows the current numbers. */
	publish(): void {
		batch(() => {
			this.#unread.value = this.#counter.value;
			this.#mentions.value = this.#mentionCounter.count;
		});
	}

	#markNew(): void {
		const { first, value } = this.#counter;
		this.#newSince.value = first && { ...first, unread: value };
	}

	/** Loads the unread messages from the first one, if it is before the messages of the window. */
	async #load(): Promise<void> {
		const { timeline, history, onChange } = this.#options;
		const { window } = timeline;
		const { first, value } = this.#counter;
		const read = this.#read;
		const oldest = window.messages[0];
		if (!read || !first || !oldest || !window.hasOlder || this.#requestedFrom) return;
		if (!value.more && first.seq >= oldest.seq) return;
		this.#requestedFrom = read;
		const refusal = await history.loadUnread(read.seq);
		if (this.#requestedFrom !== read) return;
		this.#requestedFrom = undefined;
		// The request may have been replaced by another one.
		const start = window.messages[0]?.seq ?? 0;
		if (refusal || timeline.cursor?.epoch !== read.epoch || start <= read.seq || start > first.seq) return;
		batch(() => {
			this.#counter.start(read, read.epoch, window.messages, false, window.hasNewer);
			this.#mentionCounter.add(read.seq, window.messages);
			this.#markNew();
			onChange();
		});
	}
}
