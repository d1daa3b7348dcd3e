import type { Entry } from "../../protocol/log.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import { charsOf, MAX_CHARS_AT_ONCE } from "./text-size.ts";

/** Telling one room of its entries takes at most this share of the event loop's time, as long as nobody waits too long. */
const SHARE = 0.1;
/** What nobody sees: so long an entry waits at most for those that come after it. */
const MAX_PAUSE_MS = 50;

type RoomBroadcasterDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom">;
	clock: Pick<Clock, "monotonic" | "after">;
};

/**
 * Tells the members of a room here what was added to its log. After a quiet moment at once. A room so large or so busy
 * that telling it takes long has a pause after that, by how long it took, and what is said meanwhile goes in one packet:
 * a write costs about as much with ten entries as with one, and the rest of the time is left to everybody else.
 */
export class RoomBroadcaster {
	readonly #deps: RoomBroadcasterDeps;
	#waiting: Entry[] = [];
	#chars = 0;
	#quietUntil = 0;
	#lastTookMs = 0;
	#cancel: (() => void) | undefined;

	constructor(deps: RoomBroadcasterDeps) {
		this.#deps = deps;
	}

	/** Takes entries that follow those taken before. */
	add(entries: readonly Entry[]): void {
		const chars = charsOf(entries);
		if (this.#chars + chars > MAX_CHARS_AT_ONCE) this.tell();
		this.#waiting.push(...entries);
		this.#chars += chars;
		const { clock } = this.#deps;
		const pauseMs = this.#quietUntil - clock.monotonic();
		if (pauseMs <= 0) this.tell();
		else this.#cancel ??= clock.after(pauseMs, () => this.tell());
	}

	/** Tells what waits, without waiting on: before somebody comes who has it already, or leaves who has not. */
	tell(): void {
		const { room, broadcast, clock } = this.#deps;
		const entries = this.#waiting;
		this.clear();
		if (entries.length === 0) return;
		const startedAt = clock.monotonic();
		broadcast.toRoom(room, "room:appended", { room, entries });
		const toldAt = clock.monotonic();
		const tookMs = toldAt - startedAt;
		// One telling that was held up, by another thread on the same core, says nothing about the room.
		const pauseMs = Math.min(tookMs, this.#lastTookMs) * (1 / SHARE - 1);
		this.#quietUntil = toldAt + Math.min(MAX_PAUSE_MS, pauseMs);
		this.#lastTookMs = tookMs;
	}

	/** Forgets what waits, without a word. */
	clear(): void {
		this.#cancel?.();
		this.#cancel = undefined;
		this.#waiting = [];
		this.#chars = 0;
	}
}
