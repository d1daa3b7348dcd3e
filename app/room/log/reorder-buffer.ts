import type { Entry } from "../../protocol/log.ts";

/** So many wait in a room. Beyond it they are let go of: they are in the store, where the hole is filled from as well. */
const MAX_AHEAD = 2_048;

/** Entries that were heard of before those that they follow. They wait, so that a room is told in order (rule M5). */
export class ReorderBuffer {
	readonly #entries = new Map<number, Entry>();

	get isEmpty(): boolean {
		return this.#entries.size === 0;
	}

	put(entries: readonly Entry[]): void {
		for (const entry of entries) if (this.#entries.size < MAX_AHEAD) this.#entries.set(entry.seq, entry);
	}

	/** Takes out what follows `seq` without a hole, and lets go of what does not come after it. */
	take(seq: number): Entry[] {
		const next: Entry[] = [];
		for (let entry = this.#entries.get(seq + 1); entry; entry = this.#entries.get(entry.seq + 1)) next.push(entry);
		this.letGo(seq + next.length);
		return next;
	}

	/** Forgets what waits up to `seq`. */
	letGo(seq: number): void {
		for (const held of this.#entries.keys()) if (held <= seq) this.#entries.delete(held);
	}

	/** The newest `seq` that waits; 0 where nothing does. */
	get head(): number {
		return Math.max(0, ...this.#entries.keys());
	}
}
