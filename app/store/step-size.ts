/** Time that a step of a long deletion should take: a commit that comes meanwhile waits for it. */
const STEP_MS = 25;
const FIRST_ENTRIES = 500;
const MIN_ENTRIES = 50;
/** A step of Postgres also locks the room's row. */
const MAX_ENTRIES = 4_000;

/** The number of entries that the next step of a deletion may delete, by how long the last one took on this disk. */
export class StepSize {
	#entries = FIRST_ENTRIES;

	get entries(): number {
		return this.#entries;
	}

	/** `done`: the entries that the step deleted in `ms`. Only a full step says that more would have fitted. */
	took(ms: number, done: number): void {
		const fitting = Math.floor((this.#entries * STEP_MS) / Math.max(ms, 1));
		const most = done < this.#entries ? this.#entries : 2 * this.#entries;
		this.#entries = Math.max(MIN_ENTRIES, Math.min(fitting, most, MAX_ENTRIES));
	}
}
