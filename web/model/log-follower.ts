import type { Cursor, Entry } from "../../app/protocol/log.ts";

/** Entries kept behind a gap. Filling the gap brings later ones again, so more can be dropped. */
const MAX_EARLY_ENTRIES = 500;

/** Orders a room's entries by seq. Entries may arrive in any order and more than once (rule M5). */
export class LogFollower {
	#epoch: string | undefined;
	#head = 0;
	#seen = 0;
	readonly #early = new Map<number, Entry>();

	/** The newest entry before which none is missing; undefined until {@link start}. */
	get cursor(): Cursor | undefined {
		return this.#epoch === undefined ? undefined : { epoch: this.#epoch, seq: this.#head };
	}

	/** Whether an entry after the cursor is known to exist and has not arrived. */
	get hasGap(): boolean {
		return this.#epoch !== undefined && this.#seen > this.#head;
	}

	/** Continues after this cursor. Returns the entries that had arrived early and follow it. */
	start({ epoch, seq }: Cursor): Entry[] {
		// Entries from before the first start arrived on the same connection, so they are of this epoch.
		if (this.#epoch !== undefined && this.#epoch !== epoch) this.#early.clear();
		this.#epoch = epoch;
		this.#head = seq;
		this.#seen = Math.max(0, ...this.#early.keys());
		return this.#takeEarly();
	}

	/** Records that the log has at least this seq. */
	noteHead(seq: number): void {
		this.#seen = Math.max(this.#seen, seq);
	}

	/** Returns the entries that follow the cursor, ascending, each once. Keeps those behind a gap. */
	receive(entries: readonly Entry[]): Entry[] {
		const next: Entry[] = [];
		for (const entry of entries) {
			this.noteHead(entry.seq);
			if (this.#epoch !== undefined && entry.seq === this.#head + 1) {
				this.#head++;
				next.push(entry, ...this.#takeEarly());
			} else if (entry.seq > this.#head && this.#early.size < MAX_EARLY_ENTRIES) this.#early.set(entry.seq, entry);
		}
		return next;
	}

	/** Returns the early entries that follow the head, and drops those at or before it. */
	#takeEarly(): Entry[] {
		const next: Entry[] = [];
		for (const seq of this.#early.keys()) if (seq <= this.#head) this.#early.delete(seq);
		for (let entry = this.#early.get(this.#head + 1); entry; entry = this.#early.get(this.#head + 1)) {
			this.#early.delete(entry.seq);
			this.#head++;
			next.push(entry);
		}
		return next;
	}
}
