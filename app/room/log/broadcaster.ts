import type { Entry } from "../../protocol/log.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import { charsOf } from "./entry-size.ts";

/** Maximum characters in one `room:appended` (see `charsOf`), well below `LIMIT_UNSENT_BYTES`. */
export const MAX_PACKET_CHARS = 262_144;
/** Maximum share of the event loop's time for the broadcasts of one room, while the pause is below {@link MAX_PAUSE_MS}. */
const MAX_SHARE = 1 / 3;
/** Maximum time that an entry waits for later ones. */
const MAX_PAUSE_MS = 20;

type RoomBroadcasterDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom">;
	clock: Pick<Clock, "monotonic" | "after">;
};

/**
 * Broadcasts a room's new entries to its members on this process. After a broadcast that took t ms the room waits
 * min(2 t, 20 ms) and sends what was committed meanwhile as one packet: a write costs about as much with ten entries as
 * with one, and large or busy rooms leave the event loop to the others.
 */
export class RoomBroadcaster {
	readonly #deps: RoomBroadcasterDeps;
	#waiting: Entry[] = [];
	#chars = 0;
	#pausedUntil = 0;
	#lastTookMs = 0;
	#cancel: (() => void) | undefined;

	constructor(deps: RoomBroadcasterDeps) {
		this.#deps = deps;
	}

	/** Broadcasts entries, at once or at the end of the pause. They follow the entries of the previous call. */
	add(entries: readonly Entry[]): void {
		const chars = charsOf(entries);
		if (this.#chars + chars > MAX_PACKET_CHARS) this.flush();
		this.#waiting.push(...entries);
		this.#chars += chars;
		const { clock } = this.#deps;
		const pauseMs = this.#pausedUntil - clock.monotonic();
		if (pauseMs <= 0) this.flush();
		else this.#cancel ??= clock.after(pauseMs, () => this.flush());
	}

	/**
	 * Broadcasts the waiting entries now. Called before a connection subscribes, because its ack has them, and before one
	 * unsubscribes, because it does not have them yet.
	 */
	flush(): void {
		const { room, broadcast, clock } = this.#deps;
		const entries = this.#waiting;
		this.clear();
		if (entries.length === 0) return;
		const startedAt = clock.monotonic();
		broadcast.toRoom(room, "room:appended", { room, entries });
		const endedAt = clock.monotonic();
		const tookMs = endedAt - startedAt;
		// The smaller of the last two durations, so that one preempted broadcast does not lengthen the pause.
		const pauseMs = Math.min(tookMs, this.#lastTookMs) * (1 / MAX_SHARE - 1);
		this.#pausedUntil = endedAt + Math.min(MAX_PAUSE_MS, pauseMs);
		this.#lastTookMs = tookMs;
	}

	/** Discards the waiting entries. */
	clear(): void {
		this.#cancel?.();
		this.#cancel = undefined;
		this.#waiting = [];
		this.#chars = 0;
	}
}
