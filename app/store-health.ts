import type { Clock } from "./room/ports/clock.ts";
import { StoreDamaged, StoreUnavailable } from "./room/ports/store.ts";

/** Time after a failed commit for which the store counts as failing. Then a ping decides, in case nobody writes any more. */
const FAILING_MS = 5_000;
/** While the store fails, one line is logged for each kind of call within this time. */
const LOG_EVERY_MS = 10_000;

type StoreHealthDeps = {
	clock: Pick<Clock, "monotonic">;
	/** Writes to the log. */
	log: (error: unknown, during: string) => void;
};

/** What is known of the store: whether it takes people's messages, and which of its failures are worth a line in the log. */
export class StoreHealth {
	readonly #deps: StoreHealthDeps;
	readonly #loggedAt = new Map<string, number>();
	#isDamaged = false;
	#failedAt: number | undefined;

	constructor(deps: StoreHealthDeps) {
		this.#deps = deps;
	}

	/** Whether messages can't be stored: the last commit failed a moment ago, or the database is damaged until a restart. */
	readonly isFailing = (): boolean => {
		const { clock } = this.#deps;
		return this.#isDamaged || (this.#failedAt !== undefined && clock.monotonic() - this.#failedAt < FAILING_MS);
	};

	readonly onCommit = (isStored: boolean): void => {
		this.#failedAt = isStored ? undefined : this.#deps.clock.monotonic();
	};

	/** Logs an error. The failures of a store that is away come by the thousand, and are logged now and then. */
	readonly onError = (error: unknown, during: string): void => {
		if (error instanceof StoreDamaged) this.#isDamaged = true;
		if (!(error instanceof StoreUnavailable) || this.#isDue(during)) this.#deps.log(error, during);
	};

	#isDue(during: string): boolean {
		const now = this.#deps.clock.monotonic();
		const last = this.#loggedAt.get(during);
		if (last !== undefined && now - last < LOG_EVERY_MS) return false;
		this.#loggedAt.set(during, now);
		return true;
	}
}
