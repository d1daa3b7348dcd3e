import type { ReadMarkStore, ReadMove, ReadPlace } from "../room/ports/read-marks.ts";

/** The read marks of a `MemoryStore`. */
export class MemoryReadMarks implements ReadMarkStore {
	/** Awaited by every read after it has read, and by every append after it has stored. */
	held: Promise<void> = Promise.resolve();
	/** Thrown by every write, which then stores nothing. */
	failure: Error | undefined;
	/** The sizes of the reads. */
	readonly markReads: number[] = [];
	/** Every move that was written, as "user room seq". */
	readonly moves: string[] = [];
	readonly #marks = new Map<string, number>();

	async readMarks(places: readonly ReadPlace[]) {
		this.markReads.push(places.length);
		const found = places.map((place) => this.#marks.get(keyOf(place)));
		await this.held;
		return found;
	}

	async moveReadMarks(moves: readonly ReadMove[]): Promise<void> {
		if (this.failure) throw this.failure;
		for (const move of moves) {
			const { user, room, seq, back } = move;
			this.moves.push(`${user} ${room} ${seq}${back ? " back" : ""}`);
			if (back || seq > (this.#marks.get(keyOf(move)) ?? -1)) this.#marks.set(keyOf(move), seq);
		}
	}

	async pruneReadMarks(): Promise<number> {
		return 0;
	}
}

function keyOf({ room, user, epoch }: ReadPlace): string {
	return [room, user, epoch].join(" ");
}
