import type { Entry } from "../../app/protocol/log.ts";
import type { Random } from "../kit/random.ts";

const KEPT = 64;

type Known = { seq: number; author: string };

/** The newest messages of a room that have not been removed, from which users choose one to answer or to react to. */
export class RecentMessages {
	readonly #messages: Known[] = [];

	/** To be called with each entry of the log, once. */
	add(entry: Entry): void {
		if (entry.kind === "message") {
			this.#messages.push({ seq: entry.seq, author: entry.author.id });
			if (this.#messages.length > KEPT) this.#messages.shift();
		} else if (entry.kind === "removal") {
			const index = this.#messages.findIndex(({ seq }) => seq === entry.target);
			if (index !== -1) this.#messages.splice(index, 1);
		}
	}

	/** Returns one of them, more often a newer one; undefined if there is none. */
	pick(random: Random): Known | undefined {
		// Half of the choices fall on the newest quarter.
		const back = Math.floor(random.next() ** 2 * this.#messages.length);
		return this.#messages.at(-1 - back);
	}
}
