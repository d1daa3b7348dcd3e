/** Complaints beyond these are counted, not told. */
const MAX_COMPLAINTS = 20;

/** What the checker found. */
export class Verdict {
	sent = 0;
	acked = 0;
	/** Acked or told, and not in the store. */
	lost = 0;
	/** Stored or shown more than once. */
	duplicated = 0;
	/** Missing between two others, in the store or on a screen, or at its end. */
	holes = 0;
	/** In another place or order than the store's, or than it was sent in. */
	outOfOrder = 0;
	/** Sent, and not acked when everything was over. */
	unacked = 0;
	/** A sentence for each of the first breaks. */
	readonly complaints: string[] = [];
	#breaks = 0;

	break(promise: "lost" | "duplicated" | "holes" | "outOfOrder" | "unacked", sentence: string, count = 1): void {
		this[promise] += count;
		this.complain(sentence);
	}

	/** A promise that has no column of its own. */
	complain(sentence: string): void {
		this.#breaks++;
		if (this.complaints.length < MAX_COMPLAINTS) this.complaints.push(sentence);
	}

	/** Whether every promise was kept. */
	get holds(): boolean {
		return this.#breaks === 0;
	}

	/** Takes over what another part of the same row has found. */
	add(other: Verdict): void {
		for (const count of ["sent", "acked", "lost", "duplicated", "holes", "outOfOrder", "unacked"] as const)
			this[count] += other[count];
		this.#breaks += other.#breaks;
		this.complaints.push(...other.complaints.slice(0, MAX_COMPLAINTS - this.complaints.length));
	}
}
