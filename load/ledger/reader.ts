import { ENTRY_KINDS, type EntryKind } from "./entry-kinds.ts";

/** Further holes of one member are counted without their seqs. */
const MAX_NAMED_HOLES = 1_000;

/** How a seq relates to those that a member received before. */
export type Arrival = "next" | "late" | "again";

/** One member of one room: which seqs it received, and in which order. */
export class Reader {
	readonly user: number;
	/** The first seq that is owed: one above the log's head at the join. */
	readonly from: number;
	/** The seq that should come next. */
	next: number;
	/** Whether the member is connected and in the room, so that everything up to the head is owed. */
	present = true;
	/** Entries received, each counted once. */
	total = 0;
	/** The number of them of each kind; of an erased entry it is unknown. */
	readonly received = Object.fromEntries(ENTRY_KINDS.map((kind) => [kind, 0])) as Record<EntryKind, number>;
	duplicated = 0;
	outOfOrder = 0;
	/** Number of holes that are not in `missing`. */
	unnamedHoles = 0;
	readonly missing = new Set<number>();

	constructor(user: number, head: number) {
		this.user = user;
		this.from = head + 1;
		this.next = this.from;
	}

	take(seq: number): Arrival {
		if (seq >= this.next) {
			this.#addHoles(seq);
			this.next = seq + 1;
			this.total++;
			return "next";
		}
		if (this.missing.delete(seq)) {
			this.outOfOrder++;
			this.total++;
			return "late";
		}
		this.duplicated++;
		return "again";
	}

	/** The server reported a gap and started over at `head`: what lies between is not owed. */
	startOver(head: number): void {
		this.next = head + 1;
		this.missing.clear();
		this.unnamedHoles = 0;
	}

	#addHoles(seq: number): void {
		for (let hole = this.next; hole < seq; hole++) {
			if (this.missing.size === MAX_NAMED_HOLES) {
				this.unnamedHoles += seq - hole;
				return;
			}
			this.missing.add(hole);
		}
	}
}
