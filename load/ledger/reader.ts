/** More holes than this at one member are counted but no longer named. */
const MAX_NAMED_HOLES = 1_000;

/** How a seq stands to those that this member got before. */
export type Arrival = "next" | "late" | "again";

/** One member of one room: which seqs it got, and in which order. */
export class Reader {
	readonly user: number;
	/** The first seq that is owed to it: one above the log's head when it joined. */
	readonly from: number;
	/** The seq that should come next. */
	next: number;
	/** Whether it is in the room and on the line: what was appended up to the end is owed to it. */
	present = true;
	received = 0;
	duplicated = 0;
	outOfOrder = 0;
	/** Holes beyond those in `missing`. */
	unnamedHoles = 0;
	readonly missing = new Set<number>();

	constructor(user: number, head: number) {
		this.user = user;
		this.from = head + 1;
		this.next = this.from;
	}

	take(seq: number): Arrival {
		if (seq === this.next) {
			this.next = seq + 1;
			this.received++;
			return "next";
		}
		if (seq > this.next) {
			this.#leaveHoles(seq);
			this.next = seq + 1;
			this.received++;
			return "next";
		}
		if (this.missing.delete(seq)) {
			this.outOfOrder++;
			this.received++;
			return "late";
		}
		this.duplicated++;
		return "again";
	}

	/** The server told it plainly to start over at `head`: what lies between is not owed any more. */
	startOver(head: number): void {
		this.next = head + 1;
		this.missing.clear();
		this.unnamedHoles = 0;
	}

	#leaveHoles(seq: number): void {
		for (let hole = this.next; hole < seq; hole++) {
			if (this.missing.size === MAX_NAMED_HOLES) {
				this.unnamedHoles += seq - hole;
				return;
			}
			this.missing.add(hole);
		}
	}
}
