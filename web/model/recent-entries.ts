import { applyEntry } from "../../app/protocol/apply-entry.ts";
import type { Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";

const MAX_ENTRIES = 1_000;

/** The newest entries of a room's log that may change a message: they bring a page up to date that was read before them. */
export class RecentEntries {
	readonly #viewer: string;
	#entries: Entry[] = [];
	/** Entries up to this seq are not kept. */
	#floor = 0;

	/** `viewer`: the id of the signed-in user. */
	constructor(viewer: string) {
		this.#viewer = viewer;
	}

	/** Forgets everything: the client's copy of the log starts after `seq`. */
	restart(seq: number): void {
		this.#entries = [];
		this.#floor = seq;
	}

	/** Adds entries in the order of the log. */
	add(entries: readonly Entry[]): void {
		this.#entries.push(...entries.filter(changesMessages));
		if (this.#entries.length <= MAX_ENTRIES) return;
		const dropped = this.#entries.splice(0, this.#entries.length - MAX_ENTRIES);
		this.#floor = dropped.at(-1)!.seq;
	}

	/**
	 * Returns the messages of a page as they are after these entries, without those that were removed. Returns undefined if
	 * the page, read at the head `seq`, is older than the entries that are kept.
	 */
	update(messages: readonly Message[], seq: number): Message[] | undefined {
		if (seq < this.#floor) return undefined;
		const later = this.#entries.filter((entry) => !(entry.seq <= seq));
		return messages.flatMap((message) => this.#after(message, later) ?? []);
	}

	#after(message: Message, entries: readonly Entry[]): Message | undefined {
		let state: Message | undefined = message;
		for (const entry of entries) if (state) state = applyEntry(state, entry, this.#viewer);
		return state;
	}
}

function changesMessages(entry: Entry): boolean {
	return entry.kind === "message" ? entry.root !== undefined : entry.kind !== "erased";
}
