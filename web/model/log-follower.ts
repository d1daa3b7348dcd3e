import type { Cursor, Entry } from "../../app/protocol/log.ts";

/** What waits behind a hole; filling the hole brings it again, so that more may be dropped. */
const MAX_EARLY_ENTRIES = 500;

/** Puts a room's entries into the one order of its log, whatever order and how often they arrive (rule M5). */
export class LogFollower {
	#epoch: string | undefined;
	#head = 0;
	#seen = 0;
	readonly #early = new Map<number, Entry>();

	/** Up to where nothing is missing; undefined until {@link start}. */
	get cursor(): Cursor | undefined {
		return this.#epoch === undefined ? undefined : { epoch: this.#epoch, seq: this.#head };
	}

	/** Whether something after the cursor is known to exist and has not arrived. */
	get hasHole(): boolean {
		return this.#epoch !== undefined && this.#seen > this.#head;
	}

	/** Goes on after this cursor, whatever was before; answers what had arrived early and follows it. */
	start({ epoch, seq }: Cursor): Entry[] {
		// What came before the first start came on the same line, so it is of this epoch; what came in another is not.
		if (this.#epoch !== undefined && this.#epoch !== epoch) this.#early.clear();
		this.#epoch = epoch;
		this.#head = seq;
		this.#seen = Math.max(0, ...this.#early.keys());
		return this.#pull();
	}

	/** Learns that the log reaches this far. */
	reaches(seq: number): void {
		this.#seen = Math.max(this.#seen, seq);
	}

	/** Takes entries in; answers those whose turn it is, ascending, each once. */
	take(entries: readonly Entry[]): Entry[] {
		const next: Entry[] = [];
		for (const entry of entries) {
			this.reaches(entry.seq);
			if (this.#epoch !== undefined && entry.seq === this.#head + 1) {
				this.#head++;
				next.push(entry, ...this.#pull());
			} else if (entry.seq > this.#head && this.#early.size < MAX_EARLY_ENTRIES) this.#early.set(entry.seq, entry);
		}
		return next;
	}

	/** What had arrived early and follows the head. What the head has passed is forgotten. */
	#pull(): Entry[] {
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
