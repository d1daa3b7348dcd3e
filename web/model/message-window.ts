import { applyEntry, changedBy, initialMessage } from "../../app/protocol/apply-entry.ts";
import type { Entry } from "../../app/protocol/log.ts";
import type { HistoryData, Message, SentMessage } from "../../app/protocol/message.ts";
import type { RecentEntries } from "./recent-entries.ts";

/** Messages that are kept and drawn. */
export const MAX_TIMELINE_MESSAGES = 300;
/** Fewer are enough at the end of the open room, where each message that arrives is drawn. */
export const MAX_FOLLOWED_MESSAGES = 100;
/** A page that is overtaken by more messages than this is ignored. */
const MAX_MEANWHILE = 1_000;

/** `unread`: from the first unread message. */
export type HistoryPage = "older" | "newer" | "newest" | "around" | "unread";

/** The pages that replace the messages. */
const REPLACING: ReadonlySet<HistoryPage> = new Set(["newest", "around", "unread"]);

type MessageWindowOptions = {
	/** The id of the signed-in user. */
	viewer: string;
	recent: RecentEntries;
	/** Whether a message belongs into the window. Default: every message. */
	includes?: (message: SentMessage) => boolean;
};

/** The messages of a room, or of a thread, that are drawn: ascending, without gaps, limited in number, in their current state. */
export class MessageWindow {
	readonly #options: MessageWindowOptions;
	#messages: Message[] = [];
	#hasOlder = false;
	#hasNewer = false;
	/** The page that was requested, and the messages that arrived since. */
	#requested: { page: HistoryPage; meanwhile: Message[] } | undefined;
	/** Whether the user is at the end, so that the oldest messages may be dropped. */
	following = true;
	/** Whether the room is open, so that its messages are drawn. */
	shown = false;
	/** A tall screen shows more messages than are kept at the end, and requests them. They are not dropped again. */
	#followed = MAX_FOLLOWED_MESSAGES;

	constructor(options: MessageWindowOptions) {
		this.#options = options;
	}

	get messages(): readonly Message[] {
		return this.#messages;
	}
	get hasOlder(): boolean {
		return this.#hasOlder;
	}
	get hasNewer(): boolean {
		return this.#hasNewer;
	}

	/** Returns the message with this seq. */
	find(seq: number): Message | undefined {
		const index = this.#indexFrom(seq);
		return this.#messages[index]?.seq === seq ? this.#messages[index] : undefined;
	}

	/** Whether the window would have the message with this seq if the room had it. */
	covers(seq: number): boolean {
		const { 0: first, length } = this.#messages;
		if (!first) return !this.#hasOlder && !this.#hasNewer;
		return (!this.#hasOlder || seq >= first.seq) && (!this.#hasNewer || seq <= this.#messages[length - 1]!.seq);
	}

	/** Replaces everything with the newest messages. */
	restart(newest: readonly Message[], hasOlder: boolean): void {
		this.#messages = [...newest];
		this.#hasOlder = hasOlder;
		this.#hasNewer = false;
		this.#requested = undefined;
		this.#followed = MAX_FOLLOWED_MESSAGES;
	}

	/** Drops everything. The newest messages have to be loaded. */
	clear(): void {
		this.restart([], false);
		this.#hasNewer = true;
	}

	/** Drops the oldest messages that need not be kept at the end. */
	trim(): void {
		if (this.following) this.#dropOldest();
	}

	/** Applies entries that were appended to the log, in its order. Those of unknown kinds have no effect. */
	append(entries: readonly Entry[]): void {
		const { includes = () => true } = this.#options;
		this.#messages = [...this.#messages];
		for (const entry of entries) {
			if (entry.kind === "message" && includes(entry)) this.#add(initialMessage(entry));
			for (const seq of changedBy(entry)) this.#apply(entry, seq);
		}
		if (this.following) this.#dropOldest();
		else this.#dropNewest();
	}

	/** Drops a message that the server does not have any more. */
	drop(seq: number): void {
		this.#messages = this.#messages.filter((message) => message.seq !== seq);
	}

	/** Call this when a page is requested, one at a time. Messages that arrive before the page are kept. */
	pageRequested(page: HistoryPage): void {
		this.#requested = { page, meanwhile: [] };
	}

	/** Call this when the request has failed. */
	pageFailed(): void {
		this.#requested = undefined;
	}

	/**
	 * Adds the requested page, unless the window has changed since. `newest`, `around` and `unread` replace the
	 * messages. `more`: whether further pages follow in its direction. Returns false if the page is too old to be used.
	 */
	pageLoaded({ messages, more, moreAfter = false, seq }: HistoryData & { moreAfter?: boolean }): boolean {
		if (!this.#requested) return true;
		const { page, meanwhile } = this.#requested;
		this.#requested = undefined;
		const { recent } = this.#options;
		const current = recent.update(messages, seq);
		const arrived = meanwhile.map((message) => recent.update([message], message.seq));
		if (!current || arrived.includes(undefined)) return false;
		if (REPLACING.has(page)) this.#messages = [];
		this.#merge(current);
		if (page === "older") {
			this.#hasOlder = more;
			this.#dropNewest();
			if (this.following) this.#followed = Math.max(this.#followed, this.#messages.length);
			return true;
		}
		const isForward = page === "newer" || page === "unread";
		// The messages before the first unread one were read.
		if (page !== "newer") this.#hasOlder = page === "unread" || more;
		this.#hasNewer = isForward ? more : moreAfter;
		if (!this.#hasNewer) this.#merge(arrived.flatMap((message) => message ?? []));
		this.#dropOldest();
		return true;
	}

	/** Adds messages (rule C1: of two states of one, the newer). */
	#merge(messages: readonly Message[]): void {
		const bySeq = new Map(this.#messages.map((message) => [message.seq, message]));
		for (const message of messages) {
			const known = bySeq.get(message.seq);
			if (!known || message.rev > known.rev) bySeq.set(message.seq, message);
		}
		this.#messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
	}

	#add(message: Message): void {
		if (this.#requested && (this.#hasNewer || REPLACING.has(this.#requested.page))) {
			this.#requested.meanwhile.push(message);
			if (this.#requested.meanwhile.length > MAX_MEANWHILE) this.#requested = undefined;
		}
		if (this.#hasNewer) return;
		const index = this.#indexFrom(message.seq);
		// A page that was read later may have it already.
		if (this.#messages[index]?.seq !== message.seq) this.#messages.splice(index, 0, message);
	}

	#apply(entry: Entry, seq: number): void {
		const index = this.#indexFrom(seq);
		const message = this.#messages[index];
		if (message?.seq !== seq) return;
		const changed = applyEntry(message, entry, this.#options.viewer);
		if (changed) this.#messages[index] = changed;
		else this.#messages.splice(index, 1);
	}

	/** Returns the index of the first message at or after the seq. */
	#indexFrom(seq: number): number {
		let [low, high] = [0, this.#messages.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#messages[middle]!.seq < seq) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	#dropOldest(): void {
		const isAtEnd = this.following && this.shown && !this.#hasNewer;
		const kept = isAtEnd ? this.#followed : MAX_TIMELINE_MESSAGES;
		if (this.#messages.length <= kept) return;
		this.#messages = this.#messages.slice(-kept);
		this.#hasOlder = true;
		// The page that was requested ends before the dropped messages, so it would leave a gap.
		if (this.#requested?.page === "older") this.#requested = undefined;
	}

	#dropNewest(): void {
		if (this.#messages.length <= MAX_TIMELINE_MESSAGES) return;
		this.#messages = this.#messages.slice(0, MAX_TIMELINE_MESSAGES);
		this.#hasNewer = true;
	}
}
