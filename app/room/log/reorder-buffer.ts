import type { Entry } from "../../protocol/log.ts";

/** Maximum entries in a buffer. Further ones are discarded: they are read from the store with the rest of the gap. */
const MAX_BUFFERED = 2_048;

/** Entries that arrived before their predecessors and wait for them, so that the room's order is kept (rule M5). */
export class ReorderBuffer {
	readonly #entries = new Map<number, Entry>();

	get isEmpty(): boolean {
		return this.#entries.size === 0;
	}

	/** The greatest `seq` in the buffer; 0 in an empty one. */
	get head(): number {
		return Math.max(0, ...this.#entries.keys());
	}

	add(entries: readonly Entry[]): void {
		for (const entry of entries) if (this.#entries.size < MAX_BUFFERED) this.#entries.set(entry.seq, entry);
	}

	/** Removes and returns the consecutive entries after `seq`. Discards the entries up to `seq`. */
	take(seq: number): Entry[] {
		const next: Entry[] = [];
		for (let entry = this.#entries.get(seq + 1); entry; entry = this.#entries.get(entry.seq + 1)) next.push(entry);
		this.discard(seq + next.length);
		return next;
	}

	/** Discards the entries up to and including `seq`. */
	discard(seq: number): void {
		for (const held of this.#entries.keys()) if (held <= seq) this.#entries.delete(held);
	}
}
