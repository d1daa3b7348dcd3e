import { applyEntry, changedBy, initialMessage } from "../../protocol/apply-entry.ts";
import { JOIN_MESSAGES } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/log.ts";
import type { Message } from "../../protocol/message.ts";

/** Messages that are kept: more than a join returns, so that some may be removed before the store is read. */
export const KEPT_MESSAGES = 80;
/** Messages are dropped in groups, because each time moves all others. */
const MAX_MESSAGES = 2 * KEPT_MESSAGES;

/** The newest messages of an open room in their current state, for joins. Their reactions have no `mine`. */
export class NewestMessages {
	/** Ascending. */
	#messages: Message[];
	/** Whether the room has messages before these. */
	#more: boolean;

	constructor(messages: readonly Message[], more: boolean) {
		this.#messages = [...messages];
		this.#more = more;
	}

	/** Applies an entry of the room's log. */
	apply(entry: Entry): void {
		if (entry.kind === "message") this.#push(initialMessage(entry));
		for (const seq of changedBy(entry)) this.#change(seq, entry);
	}

	/** Discards the messages up to and including `floor`, which retention has removed. */
	prune(floor: number): void {
		const { length } = this.#messages;
		this.#messages = this.#messages.filter(({ seq }) => seq > floor);
		if (this.#messages.length < length) this.#more = false;
	}

	/** Returns the messages that a join needs, or undefined where older ones have to be read from the store first. */
	take(): Message[] | undefined {
		if (this.#messages.length < JOIN_MESSAGES && this.#more) return undefined;
		return this.#messages.slice(-JOIN_MESSAGES);
	}

	hasAuthor(userId: string): boolean {
		return this.#messages.some(({ author }) => author.id === userId);
	}

	#push(message: Message): void {
		this.#messages.push(message);
		if (this.#messages.length <= MAX_MESSAGES) return;
		this.#messages = this.#messages.slice(-KEPT_MESSAGES);
		this.#more = true;
	}

	#change(seq: number, entry: Entry): void {
		const index = this.#messages.findLastIndex((message) => message.seq === seq);
		const message = this.#messages[index];
		if (!message) return;
		const changed = applyEntry(message, entry);
		if (changed) this.#messages[index] = changed;
		else this.#messages.splice(index, 1);
	}
}
