import { applyEntry, changedBy, initialMessage } from "../../../app/protocol/apply-entry.ts";
import type { Entry } from "../../../app/protocol/log.ts";
import type { Message } from "../../../app/protocol/message.ts";

/** The messages of a room as a user's client shows them: pages of history, changed by the entries that follow (rule C1). */
export class RoomView {
	/** All messages from this `seq` on are here. */
	readonly from: number;
	readonly messages = new Map<number, Message>();
	readonly #viewer: string;

	constructor(viewer: string, from: number, messages: readonly Message[]) {
		this.#viewer = viewer;
		this.from = from;
		for (const message of messages) this.messages.set(message.seq, message);
	}

	apply(entry: Entry): void {
		if (entry.kind === "message" && !this.messages.has(entry.seq)) this.messages.set(entry.seq, initialMessage(entry));
		for (const seq of changedBy(entry)) this.#change(seq, entry);
	}

	/** Merges a page that was read while the entries up to `seq` had been applied: of two states the newer one stays. */
	merge(messages: readonly Message[], seq: number): void {
		for (const message of messages) {
			const known = this.messages.get(message.seq);
			// One that is not here although its entry was applied has been removed since the page was read.
			const isNew = known === undefined && message.seq > seq;
			if (isNew || (known !== undefined && message.rev > known.rev)) this.messages.set(message.seq, message);
		}
	}

	#change(seq: number, entry: Entry): void {
		const message = this.messages.get(seq);
		if (message === undefined) return;
		const changed = applyEntry(message, entry, this.#viewer);
		if (changed) this.messages.set(seq, changed);
		else this.messages.delete(seq);
	}
}
