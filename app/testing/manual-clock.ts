import type { Clock } from "../room/ports/clock.ts";

/** A clock that a test advances. Timers run in the order in which they are due. */
export class ManualClock implements Clock {
	#now = 1_700_000_000_000;
	#timers = new Set<{ at: number; task: () => void }>();

	now(): number {
		return this.#now;
	}

	monotonic(): number {
		return this.#now;
	}

	after(ms: number, task: () => void): () => void {
		const timer = { at: this.#now + ms, task };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	}

	advance(ms: number): void {
		const end = this.#now + ms;
		for (let next = this.#due(end); next; next = this.#due(end)) {
			this.#timers.delete(next);
			this.#now = next.at;
			next.task();
		}
		this.#now = end;
	}

	/** The number of timers that are set. */
	get pending(): number {
		return this.#timers.size;
	}

	#due(end: number) {
		const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
		return due[0];
	}
}
