import type { Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";

/** Messages that are kept and drawn. */
export const MAX_TIMELINE_MESSAGES = 300;
/** Fewer are enough at the end of the open room, where each message that arrives is drawn. */
export const MAX_FOLLOWED_MESSAGES = 100;
/** Removed seqs that are kept, because a page that was read before the removal may still contain them. */
const MAX_REMOVED_KEPT = 1_000;

/** `unread`: from the first unread message. */
export type HistoryPage = "older" | "newer" | "newest" | "unread";

/** The messages of a room that are drawn: ascending, without gaps, limited in number. */
export class MessageWindow {
	#messages: Message[] = [];
	#hasOlder = false;
	#hasNewer = false;
	/** The page that was requested, and the messages that arrived since. */
	#requested: { page: HistoryPage; meanwhile: Message[] } | undefined;
	readonly #removed = new Set<number>();
	/** Whether the user is at the end, so that the oldest messages may be dropped. */
	following = true;
	/** Whether the room is open, so that its messages are drawn. */
	shown = false;
	/** A tall screen shows more messages than are kept at the end, and requests them. They are not dropped again. */
	#followed = MAX_FOLLOWED_MESSAGES;

	get messages(): readonly Message[] {
		return this.#messages;
	}
	get hasOlder(): boolean {
		return this.#hasOlder;
	}
	get hasNewer(): boolean {
		return this.#hasNewer;
	}

	/** Replaces everything with the newest messages. */
	restart(newest: readonly Message[], hasOlder: boolean): void {
		this.#messages = [...newest];
		this.#hasOlder = hasOlder;
		this.#hasNewer = false;
		this.#requested = undefined;
		this.#removed.clear();
		this.#followed = MAX_FOLLOWED_MESSAGES;
	}

	/** Drops the oldest messages that need not be kept at the end. */
	trim(): void {
		if (this.following) this.#dropOldest();
	}

	/** Adds entries that were appended to the log, in its order. */
	append(entries: readonly Entry[]): void {
		for (const entry of entries) {
			if (entry.kind === "removal") this.#remove(entry.target);
			if (entry.kind !== "message") continue;
			if (this.#hasNewer || this.#requested?.page === "unread") this.#requested?.meanwhile.push(entry);
			if (!this.#hasNewer) this.#messages.push(entry);
		}
		if (this.following) this.#dropOldest();
		else this.#dropNewest();
	}

	/** Call this when a page is requested, one at a time. Messages that arrive before the page are kept. */
	pageRequested(page: HistoryPage): void {
		this.#requested = { page, meanwhile: [] };
	}

	/** Call this when the request has failed. */
	pageFailed(): void {
		this.#requested = undefined;
	}

	/** Adds the requested page, unless the window has changed since. `more`: whether further pages follow in its direction. */
	pageLoaded(messages: readonly Message[], more: boolean): void {
		if (!this.#requested) return;
		const { page, meanwhile } = this.#requested;
		this.#requested = undefined;
		if (page === "newest" || page === "unread") this.#messages = [];
		this.#merge(messages);
		if (page === "older") {
			this.#hasOlder = more;
			this.#dropNewest();
			if (this.following) this.#followed = Math.max(this.#followed, this.#messages.length);
			return;
		}
		if (page === "newest") this.#hasOlder = more;
		// The messages before the first unread one were read.
		if (page === "unread") this.#hasOlder = true;
		this.#hasNewer = page !== "newest" && more;
		if (!this.#hasNewer) this.#merge(meanwhile);
		this.#dropOldest();
	}

	#merge(messages: readonly Message[]): void {
		const bySeq = new Map(this.#messages.map((message) => [message.seq, message]));
		for (const message of messages) {
			if (!bySeq.has(message.seq) && !this.#removed.has(message.seq)) bySeq.set(message.seq, message);
		}
		this.#messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
	}

	#remove(target: number): void {
		this.#removed.add(target);
		const [oldest] = this.#removed;
		if (this.#removed.size > MAX_REMOVED_KEPT) this.#removed.delete(oldest!);
		this.#messages = this.#messages.filter(({ seq }) => seq !== target);
	}

	#dropOldest(): void {
		const kept = this.following && this.shown ? this.#followed : MAX_TIMELINE_MESSAGES;
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
