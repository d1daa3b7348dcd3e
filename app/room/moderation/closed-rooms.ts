import { type Refused, refuse } from "../refusals.ts";

export const MAX_CLOSED_ROOMS = 10_000;

/** The names of the read-only rooms. A room that is removed and created again is still closed. */
export class ClosedRooms {
	readonly #names = new Set<string>();

	get size(): number {
		return this.#names.size;
	}

	has(name: string): boolean {
		return this.#names.has(name);
	}

	/** Closes or reopens a room. Returns whether that changed something. */
	set(name: string, closed: boolean): boolean {
		if (!closed) return this.#names.delete(name);
		const { size } = this.#names;
		return this.#names.add(name).size > size;
	}

	names(): string[] {
		return [...this.#names].sort();
	}

	/** Returns why nothing can be sent to a room, if so. */
	refusal(name: string): Refused | undefined {
		if (!this.#names.has(name)) return undefined;
		return refuse("forbidden", "This room is read-only: an admin closed it.", {
			field: "room",
		});
	}
}
