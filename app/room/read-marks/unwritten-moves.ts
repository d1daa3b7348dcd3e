import type { Clock } from "../ports/clock.ts";
import type { ReadMarkStore, ReadMove, ReadPlace } from "../ports/read-marks.ts";

/** Time within which the moves of a mark become one write, in milliseconds. */
export const WRITE_EVERY_MS = 3_000;
/** Moves of one transaction, so that a commit never waits long behind it. */
const MOVES_PER_WRITE = 500;
/** Time for which a move on another process counts as not stored, which writes it. */
const ELSEWHERE_MS = 2 * WRITE_EVERY_MS;
/** Moves that wait while the store is unavailable. Beyond it the oldest is dropped: its mark stays where it was. */
const MAX_UNWRITTEN = 100_000;

type UnwrittenMovesDeps = {
	store: Pick<ReadMarkStore, "moveReadMarks">;
	clock: Pick<Clock, "after" | "monotonic">;
	onError: (error: unknown, during: string) => void;
};

/** Moves of read marks that wait to be written: at most one write per user, room and 3 seconds. */
export class UnwrittenMoves {
	readonly #deps: UnwrittenMovesDeps;
	#waiting = new Map<string, ReadMove>();
	/** The moves that are being written. */
	#writing: ReadonlyMap<string, ReadMove> = new Map();
	/** Moves that other processes write, in the order in which they came. */
	readonly #elsewhere = new Map<string, { move: ReadMove; at: number }>();
	#cancelTimer: (() => void) | undefined;
	#written: Promise<void> = Promise.resolve();

	constructor(deps: UnwrittenMovesDeps) {
		this.#deps = deps;
	}

	/** Returns the move of a mark that this process writes. */
	own(place: ReadPlace): ReadMove | undefined {
		const key = keyOf(place);
		return this.#waiting.get(key) ?? this.#writing.get(key);
	}

	/** Returns the move of a mark that may not be stored yet. */
	get(place: ReadPlace): ReadMove | undefined {
		this.#forgetElsewhere();
		return this.#elsewhere.get(keyOf(place))?.move ?? this.own(place);
	}

	/** Adds a move. It is written as a move back if one that it replaces is. */
	add(move: ReadMove): void {
		const key = keyOf(move);
		this.#elsewhere.delete(key);
		const replaced = this.#waiting.get(key);
		this.#waiting.set(key, replaced?.back ? { ...move, back: true } : move);
		const [oldest] = this.#waiting.keys();
		if (this.#waiting.size > MAX_UNWRITTEN) this.#waiting.delete(oldest!);
		this.#schedule();
	}

	/** Adds a move that another process writes, in place of one of this process. */
	addElsewhere(move: ReadMove): void {
		const key = keyOf(move);
		this.#forgetElsewhere();
		this.#waiting.delete(key);
		this.#elsewhere.delete(key);
		this.#elsewhere.set(key, { move, at: this.#deps.clock.monotonic() });
	}

	/** Writes what waits, and resolves when that is done. */
	async flush(): Promise<void> {
		this.#cancelTimer?.();
		this.#cancelTimer = undefined;
		this.#written = this.#written.then(() => this.#write());
		await this.#written;
	}

	#forgetElsewhere(): void {
		const since = this.#deps.clock.monotonic() - ELSEWHERE_MS;
		for (const [key, { at }] of this.#elsewhere) {
			if (at > since) return;
			this.#elsewhere.delete(key);
		}
	}

	#schedule(): void {
		this.#cancelTimer ??= this.#deps.clock.after(WRITE_EVERY_MS, () => void this.flush());
	}

	async #write(): Promise<void> {
		const moves = this.#waiting;
		this.#writing = moves;
		this.#waiting = new Map();
		const all = [...moves.values()];
		try {
			for (let from = 0; from < all.length; from += MOVES_PER_WRITE)
				await this.#deps.store.moveReadMarks(all.slice(from, from + MOVES_PER_WRITE));
		} catch (error) {
			this.#deps.onError(error, "writing read marks");
			for (const move of all) {
				const later = this.#waiting.get(keyOf(move));
				this.add(move);
				if (later) this.add(later);
			}
		} finally {
			this.#writing = new Map();
		}
	}
}

function keyOf({ room, user, epoch }: ReadPlace): string {
	return JSON.stringify([room, user, epoch]);
}
