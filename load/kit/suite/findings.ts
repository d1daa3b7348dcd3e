/** Problems beyond this number are counted and not listed. */
const MAX_PROBLEMS = 20;

const GUARANTEES = ["lost", "duplicated", "gaps", "outOfOrder", "altered", "unerased", "unacked"] as const;
type Guarantee = (typeof GUARANTEES)[number];

/** What a row found: commands counted, broken guarantees, and any other problem. */
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
	/** Entries received, and messages read or shown, otherwise than the log has them. */
	altered = 0;
	/** Texts in the store, or read, after they were edited away or removed. */
	unerased = 0;
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
		for (const count of ["sent", "acked", ...GUARANTEES] as const) this[count] += other[count];
		this.#problems += other.#problems;
		this.problems.push(...other.problems.slice(0, MAX_PROBLEMS - this.problems.length));
	}
}
