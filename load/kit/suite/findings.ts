/** Problems beyond this number are counted and not listed. */
const MAX_PROBLEMS = 20;

type Guarantee = "lost" | "duplicated" | "gaps" | "outOfOrder" | "unacked";

/** What a row found: messages counted, broken delivery guarantees, and any other problem. */
export class Findings {
	sent = 0;
	acked = 0;
	/** Acked or received, and not in the store. */
	lost = 0;
	/** Stored or received more than once. */
	duplicated = 0;
	/** Entries missing from a log, in the store or at a user, between others or at its end. */
	gaps = 0;
	/** Entries in another order than stored, or than sent. */
	outOfOrder = 0;
	/** Sent, and never acked. */
	unacked = 0;
	/** A sentence for each of the first problems. */
	readonly problems: string[] = [];
	#problems = 0;

	/** Counts breaks of a delivery guarantee as one problem. */
	broken(guarantee: Guarantee, sentence: string, count = 1): void {
		this[guarantee] += count;
		this.problem(sentence);
	}

	problem(sentence: string): void {
		this.#problems++;
		if (this.problems.length < MAX_PROBLEMS) this.problems.push(sentence);
	}

	get hasProblems(): boolean {
		return this.#problems > 0;
	}

	add(other: Findings): void {
		for (const count of ["sent", "acked", "lost", "duplicated", "gaps", "outOfOrder", "unacked"] as const)
			this[count] += other[count];
		this.#problems += other.#problems;
		this.problems.push(...other.problems.slice(0, MAX_PROBLEMS - this.problems.length));
	}
}
