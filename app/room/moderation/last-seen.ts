import type { User } from "../../protocol/session.ts";
import type { Clock } from "../ports/clock.ts";

const KEPT_MS = 24 * 60 * 60 * 1_000;
const MAX_USERS = 20_000;
const MAX_ADDRESSES = 16;

type Seen = { name: string; addresses: Set<string>; at: number };

/** The addresses of the users of the last 24 hours, in memory, so that a user who has left can be banned with them. */
export class LastSeen {
	readonly #clock: Pick<Clock, "monotonic">;
	readonly #max: number;
	/** In the order in which they were last seen. */
	readonly #users = new Map<string, Seen>();

	constructor(clock: Pick<Clock, "monotonic">, max = MAX_USERS) {
		this.#clock = clock;
		this.#max = max;
	}

	/** Records that a user connected or disconnected. */
	record({ id, name }: User, address: string): void {
		const addresses = this.#users.get(id)?.addresses ?? new Set();
		addresses.delete(address);
		addresses.add(address);
		if (addresses.size > MAX_ADDRESSES) addresses.delete([...addresses][0]!);
		this.#users.delete(id);
		this.#users.set(id, { name, addresses, at: this.#clock.monotonic() });
		this.#forget();
	}

	of(userId: string): { name: string; addresses: string[] } | undefined {
		this.#forget();
		const seen = this.#users.get(userId);
		return seen && { name: seen.name, addresses: [...seen.addresses] };
	}

	#forget(): void {
		const since = this.#clock.monotonic() - KEPT_MS;
		for (const [id, { at }] of this.#users) {
			if (at >= since && this.#users.size <= this.#max) return;
			this.#users.delete(id);
		}
	}
}
