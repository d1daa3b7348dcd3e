import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { User } from "../../app/protocol/session.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import type { HistoryLoader } from "./history-loader.ts";
import { MarkSender, type Move } from "./mark-sender.ts";
import { MentionCounter } from "./mention-counter.ts";
import type { NewMarker } from "./room.ts";
import type { RoomTimeline } from "./room-timeline.ts";
import { type Unread, UnreadCounter } from "./unread.ts";

/** The newest entry that was read. `unsent`: the server does not have it yet. */
export type StoredMark = Cursor & { unsent?: true };

export type ReadMarkOptions = {
	/** The room's. */
	name: string;
	me: User;
	connection: Pick<ServerConnection, "request">;
	/** The mark that this device has, if any. */
	read: StoredMark | undefined;
	/** Called with every new mark, and again when the server has it. */
	onRead(mark: StoredMark): void;
	isLive(): boolean;
	timeline: Pick<RoomTimeline, "cursor" | "window">;
	history: Pick<HistoryLoader, "loadUnread">;
	/** Called when the unread messages have been loaded. */
	onChange(): void;
};

/**
 * The newest entry of a room that the user has read, on whichever device, and the numbers of messages and mentions after
 * it. The open room shows its unread messages from the first one.
 */
export class ReadMark {
	readonly #options: ReadMarkOptions;
	readonly #counter: UnreadCounter;
	readonly #mentionCounter: MentionCounter;
	readonly #unread = signal<Unread>({ count: 0, more: false });
	readonly #mentions = signal(0);
	readonly #newSince = signal<NewMarker | undefined>();
	readonly #sender: MarkSender;
	#read: Cursor | undefined;
	/** Whether messages in view stay unread: the user has marked them as unread. */
	#isHeld = false;
	/** The newest entry that was read when the unread messages were requested. */
	#requestedFrom: Cursor | undefined;

	constructor(options: ReadMarkOptions) {
		const { name, me, read, connection, isLive } = options;
		this.#options = options;
		this.#read = read && { epoch: read.epoch, seq: read.seq };
		this.#sender = new MarkSender({ room: name, connection, isLive, onSent: (move) => this.#sent(move) });
		if (this.#read && read?.unsent) this.#sender.move(this.#read);
		this.#counter = new UnreadCounter(me.id);
		this.#mentionCounter = new MentionCounter(me.id);
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

	/**
	 * Starts with the newest messages of the room. `newest`: ascending, in the place of an empty window. `read`: the mark that
	 * the server has.
	 */
	start(newest: readonly Message[], read: number | undefined): void {
		const { cursor } = this.#options.timeline;
		if (!cursor) return;
		this.#requestedFrom = undefined;
		if (this.#read?.epoch !== cursor.epoch) {
			this.#sender.cancel();
			this.#read = read === undefined ? undefined : { epoch: cursor.epoch, seq: read };
		}
		this.#count(newest);
		this.resume(read);
		// A room that is new to the user, or whose log was replaced, starts without unread messages.
		if (!this.#read) this.mark();
	}

	/** Takes over the mark that the server has, unless the last move of this device has not reached it. */
	resume(read: number | undefined): void {
		const { unsent } = this.#sender;
		const own = this.#read;
		if (!own) return;
		if (read === undefined) {
			if (!unsent) this.#sender.move(own);
		} else if (unsent ? !unsent.back && read > own.seq : read !== own.seq) {
			this.#sender.cancel();
			this.#move(read);
		}
		this.#sender.resume();
	}

	receive(entries: readonly Entry[]): void {
		this.#counter.receive(entries);
		this.#mentionCounter.receive(entries);
		// Another device may have read them before they arrived here.
		const read = this.#read?.seq ?? 0;
		if (entries.some(({ kind, seq }) => kind === "message" && seq <= read)) this.#readUpTo(read);
	}

	/** Takes over a move on another device. */
	moved({ epoch, seq, back }: Move): void {
		const { window, cursor } = this.#options.timeline;
		const own = this.#read;
		if (!own || epoch !== cursor?.epoch || (!back && (seq <= own.seq || this.#sender.unsent?.back))) return;
		if (back) this.#sender.cancel();
		this.#isHeld = window.shown && back === true;
		this.#move(seq);
		// The line goes where everything was read elsewhere, or comes. It does not move under the eyes of a reader.
		if (window.shown && (back || this.#counter.first === undefined)) this.#markNew();
	}

	open(): void {
		this.#isHeld = false;
		this.showUnread();
	}

	/** Marks where the unread messages begin now. Loads them in the open room. */
	showUnread(): void {
		const { window } = this.#options.timeline;
		this.#markNew();
		if (!window.shown) return;
		if (this.#counter.value.count === 0) window.trim();
		void this.#load();
	}

	/** Records that everything in view was read, up to the message with this seq. Not after {@link markUnread}. */
	seen(upTo?: number): void {
		if (!this.#isHeld) this.mark(upTo);
	}

	/** Records that the message with this seq and all after it are unread, until the room is opened again. */
	markUnread(from: number): void {
		const { cursor } = this.#options.timeline;
		if (!cursor) return;
		this.#isHeld = true;
		this.#requestedFrom = undefined;
		this.#sender.move({ epoch: cursor.epoch, seq: from - 1, back: true });
		this.#move(from - 1);
		this.#markNew();
	}

	/** Records that everything was read, or everything up to the message with this seq. */
	mark(upTo = Number.POSITIVE_INFINITY): void {
		const { cursor } = this.#options.timeline;
		// The latest messages are in view only until the unread ones arrive.
		if (!cursor || this.#requestedFrom) return;
		const seq = Math.min(upTo, cursor.seq);
		if (this.#read?.epoch === cursor.epoch && this.#read.seq >= seq) return;
		this.#isHeld = false;
		this.#sender.move({ epoch: cursor.epoch, seq });
		this.#move(seq);
	}

	/** Shows the current numbers. */
	publish(): void {
		batch(() => {
			this.#unread.value = this.#counter.value;
			this.#mentions.value = this.#mentionCounter.count;
		});
	}

	/** A move back on another device may have overtaken this one, which came later to the server. */
	#sent({ epoch, seq, back }: Move): void {
		if (!back && this.#read?.epoch === epoch && seq > this.#read.seq) this.#move(seq);
		else this.#store();
	}

	/** Moves the mark, in either direction. */
	#move(seq: number): void {
		const { cursor } = this.#options.timeline;
		const before = this.#read?.seq ?? 0;
		this.#read = { epoch: cursor!.epoch, seq };
		this.#store();
		if (seq < before) this.#count([]);
		else this.#readUpTo(seq);
		this.publish();
	}

	#readUpTo(seq: number): void {
		const isAll = seq >= (this.#options.timeline.cursor?.seq ?? 0);
		for (const counter of [this.#counter, this.#mentionCounter]) {
			if (isAll) counter.clear();
			else counter.readUpTo(seq);
		}
	}

	/** Counts again. `newest` is in the place of an empty window. */
	#count(newest: readonly Message[]): void {
		const { window, cursor } = this.#options.timeline;
		const messages = window.messages.length > 0 ? window.messages : newest;
		this.#counter.start(this.#read, cursor!.epoch, messages, window.hasOlder, window.hasNewer);
		this.#mentionCounter.start(this.#read, cursor!.epoch, cursor!.seq, messages);
	}

	#store(): void {
		if (this.#read) this.#options.onRead({ ...this.#read, ...(this.#sender.unsent && { unsent: true }) });
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
			// Another device may have moved the mark meanwhile.
			const { seq } = this.#read ?? read;
			this.#counter.start({ ...read, seq }, read.epoch, window.messages, false, window.hasNewer);
			this.#mentionCounter.add(seq, window.messages);
			this.#markNew();
			onChange();
		});
	}
}
