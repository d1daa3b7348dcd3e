import { MAX_PAGE } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/log.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import type { OpenedLog } from "../ports/log.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Store } from "../ports/store.ts";
import { type AccessEntry, isAccessEntry } from "../room-access.ts";
import { RoomBroadcaster } from "./broadcaster.ts";
import { ReorderBuffer } from "./reorder-buffer.ts";
import { Tail } from "./tail.ts";

/** Time that an early entry waits for its predecessor, before the gap is filled from the store. */
const GAP_MS = 50;
/** Maximum entries per broadcast and per read while a gap is filled: a few 100 KiB. */
const ENTRIES_PER_STEP = MAX_PAGE;
/** Maximum reads per gap. A room that is further behind is lost, and its members start over. */
const MAX_READS = 50;

type RoomLogDeps = {
	room: string;
	store: Pick<Store, "since">;
	broadcast: Pick<Broadcast, "toRoom">;
	clock: Pick<Clock, "monotonic" | "after">;
	metrics: Pick<Metrics, "recovered">;
	/** Resolves when every append accepted so far is committed and acknowledged. */
	settled: () => Promise<void>;
	/** Called with each entry that changes the room's members or settings, after it was broadcast to the members before it. */
	onAccess: (entry: AccessEntry) => void;
	/** Called when the log can't be continued: the store has another log, or no longer has the missing entries. */
	onLost: () => void;
	/** Called when another entry has the `seq` of one in the tail: the store has lost that one. */
	onDiverged: () => void;
	onError: (error: unknown, during: string) => void;
};

/**
 * The log of one open room in this process, and its only owner: every committed entry of the room, from this process, from
 * another one or from the store, passes {@link receive}, which puts it in order, keeps it in the tail and broadcasts it
 * once (rule M5). The states of a room are in `open-rooms.ts`.
 */
export class RoomLog {
	/** The newest entries. Its head is the newest entry that was broadcast, or waits in the broadcaster. */
	readonly tail: Tail;
	readonly #deps: RoomLogDeps;
	readonly #early: ReorderBuffer;
	readonly #broadcaster: RoomBroadcaster;
	#cancelGap: (() => void) | undefined;
	#recovery: Promise<void> | undefined;
	#isClosed = false;

	/** `log` is the log as read from the store; `early` holds the entries that arrived while it was read. */
	constructor(deps: RoomLogDeps, log: OpenedLog, early = new ReorderBuffer()) {
		this.#deps = deps;
		this.tail = new Tail(log);
		this.#early = early;
		this.#broadcaster = new RoomBroadcaster(deps);
		this.receive([]);
	}

	/**
	 * Receives committed entries, ascending and consecutive. Those that follow the tail are broadcast; earlier ones are
	 * duplicates; later ones wait until the gap before them is filled.
	 */
	receive(entries: readonly Entry[]): void {
		const { tail } = this;
		const other = entries.find((entry) => tail.contradicts(entry));
		if (other) this.#compare(other.seq).catch((error) => this.#deps.onError(error, "comparing a log with the store"));
		if (entries[0]?.seq === tail.seq + 1) this.#append(entries);
		else this.#early.add(entries);
		if (this.#early.isEmpty) return;
		const next = this.#early.take(tail.seq);
		while (next.length > 0) this.#append(next.splice(0, ENTRIES_PER_STEP));
		if (this.#early.isEmpty) return;
		// Another process committed the missing entries. Its message is late, or lost.
		this.#cancelGap ??= this.#deps.clock.after(GAP_MS, () => {
			this.#cancelGap = undefined;
			this.recover(this.#early.head).catch((error) => this.#deps.onError(error, "filling a gap"));
		});
	}

	/**
	 * Fills the gap up to `seq` from the store, after a message of another process, or the result of a commit of this process,
	 * was lost. Rejects when the store does.
	 */
	async recover(seq: number): Promise<void> {
		// A recovery in progress may end before `seq`.
		while (this.#recovery && !this.#isClosed && seq > this.tail.seq) await this.#recovery;
		if (this.#isClosed || seq <= this.tail.seq) return;
		this.#recovery = this.#recover(seq).finally(() => {
			this.#recovery = undefined;
		});
		await this.#recovery;
	}

	/** Broadcasts entries that still wait for later ones. */
	flush(): void {
		this.#broadcaster.flush();
	}

	/** Stops the timers and discards what was not broadcast. */
	close(): void {
		this.#isClosed = true;
		this.#cancelGap?.();
		this.#broadcaster.clear();
	}

	/** It may be a late message of a removed log, so the store decides which entry has this `seq`. */
	async #compare(seq: number): Promise<void> {
		const { room, store, onDiverged } = this.#deps;
		const { entries, epoch } = await store.since(room, seq - 1, 1);
		const [stored] = entries;
		if (!this.#isClosed && stored && epoch === this.tail.epoch && this.tail.contradicts(stored)) onDiverged();
	}

	/** What follows a member's removal is not broadcast to them, also if both arrive together. */
	#append(entries: readonly Entry[]): void {
		let rest = entries;
		for (let at = rest.findIndex(isAccessEntry); at !== -1 && !this.#isClosed; at = rest.findIndex(isAccessEntry)) {
			this.#add(rest.slice(0, at + 1));
			this.#broadcaster.flush();
			this.#deps.onAccess(rest[at] as AccessEntry);
			rest = rest.slice(at + 1);
		}
		// The removed member may have been the last one here.
		if (!this.#isClosed && rest.length > 0) this.#add(rest);
	}

	#add(entries: readonly Entry[]): void {
		this.tail.append(entries);
		this.#broadcaster.add(entries);
	}

	async #recover(upTo: number): Promise<void> {
		const { room, store, metrics, settled, onLost } = this.#deps;
		const { tail } = this;
		for (let reads = 0; reads < MAX_READS && tail.seq < upTo; reads++) {
			const after = tail.seq;
			const { entries, epoch, seq } = await store.since(room, after, ENTRIES_PER_STEP);
			// Some of the entries may be commits of this process, which are acknowledged before they are broadcast (rule M4).
			await settled();
			if (this.#isClosed) return;
			if (epoch === tail.epoch && seq <= after) {
				// There is no gap: the early entries are late messages of a removed log.
				this.#early.discard(upTo);
				return;
			}
			// Another log, or retention removed the missing entries.
			if (epoch !== tail.epoch || entries[0]?.seq !== after + 1) break;
			const missing = entries.filter((entry) => entry.seq > tail.seq);
			metrics.recovered(missing.length);
			this.receive(missing);
		}
		if (tail.seq < upTo) onLost();
	}
}
