import type { Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";

/** So many messages are kept and drawn; the rest is a page away. */
export const MAX_TIMELINE_MESSAGES = 300;
/** Removals that a page, read before they happened, may still contain. */
const MAX_REMOVED_KEPT = 1_000;

export type Page = "older" | "newer" | "newest";

/** The part of a room's messages that is on screen: ascending, without a hole, bounded. */
export class MessageWindow {
	#messages: Message[] = [];
	#hasOlder = false;
	#hasNewer = false;
	/** The page that is on its way, and the messages that came after it was asked for. */
	#asked: { page: Page; meanwhile: Message[] } | undefined;
	readonly #removed = new Set<number>();
	/** Whether the reader is at the end, so that the beginning may be dropped. */
	following = true;

	get messages(): readonly Message[] {
		return this.#messages;
	}
	get hasOlder(): boolean {
		return this.#hasOlder;
	}
	get hasNewer(): boolean {
		return this.#hasNewer;
	}

	/** Drops everything; what follows is the newest. */
	restart(newest: readonly Message[], hasOlder: boolean): void {
		this.#messages = [...newest];
		this.#hasOlder = hasOlder;
		this.#hasNewer = false;
		this.#asked = undefined;
		this.#removed.clear();
	}

	/** Takes in what was appended to the log, in its order. */
	append(entries: readonly Entry[]): void {
		for (const entry of entries) {
			if (entry.kind === "removal") this.#remove(entry.target);
			if (entry.kind === "message") (this.#hasNewer ? this.#asked?.meanwhile : this.#messages)?.push(entry);
		}
		if (this.following) this.#dropOldest();
		else this.#dropNewest();
	}

	/** To be called when a page is asked for, one at a time, so that nothing is lost between it and what arrives meanwhile. */
	pageAsked(page: Page): void {
		this.#asked = { page, meanwhile: [] };
	}

	/** The page does not come. */
	pageRefused(): void {
		this.#asked = undefined;
	}

	/** Takes in the page that was asked for, unless the window has moved on. `more`: whether there is more in its direction. */
	pageArrived(messages: readonly Message[], more: boolean): void {
		if (!this.#asked) return;
		const { page, meanwhile } = this.#asked;
		this.#asked = undefined;
		if (page === "newest") this.#messages = [];
		this.#merge(messages);
		if (page === "older") {
			this.#hasOlder = more;
			this.#dropNewest();
			return;
		}
		if (page === "newest") this.#hasOlder = more;
		this.#hasNewer = page === "newer" && more;
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
		if (this.#messages.length <= MAX_TIMELINE_MESSAGES) return;
		this.#messages = this.#messages.slice(-MAX_TIMELINE_MESSAGES);
		this.#hasOlder = true;
		// A page from before the beginning would not meet the new one.
		if (this.#asked?.page === "older") this.#asked = undefined;
	}

	#dropNewest(): void {
		if (this.#messages.length <= MAX_TIMELINE_MESSAGES) return;
		this.#messages = this.#messages.slice(0, MAX_TIMELINE_MESSAGES);
		this.#hasNewer = true;
	}
}
