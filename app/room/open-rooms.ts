import { MAX_PAGE } from "../protocol/limits.ts";
import type { Entry } from "../protocol/log.ts";
import { RoomBroadcaster } from "./log/broadcaster.ts";
import { ReorderBuffer } from "./log/reorder-buffer.ts";
import { TAIL_ENTRIES, Tail } from "./log/tail.ts";
import type { Broadcast } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Cluster } from "./ports/cluster.ts";
import { DISCONNECTS } from "./ports/disconnect.ts";
import type { Metrics } from "./ports/metrics.ts";
import type { Store } from "./ports/store.ts";
import { RoomPresence } from "./presence/presence.ts";
import { RoomTyping } from "./typing.ts";

/** So long an entry that came too early waits for the one before it, before that is read from the store. */
const HOLE_MS = 50;
/** So many entries are told at once of what waited or was read: a few 100 KiB at most. */
const HEALED_AT_ONCE = MAX_PAGE;
/** A room that is further behind than so many times that is started over. */
const MAX_HEAL_READS = 50;

/** A room that somebody is in, or was a moment ago. */
export type OpenRoom = {
	readonly name: string;
	readonly tail: Tail;
	readonly news: RoomBroadcaster;
	readonly presence: RoomPresence;
	readonly typing: RoomTyping;
	readonly ahead: ReorderBuffer;
	/** The end of a hole's patience; the answer of `clock.after`. */
	cancelHeal?: (() => void) | undefined;
	healing?: Promise<void> | undefined;
};

type OpenRoomsDeps = {
	store: Pick<Store, "open" | "since">;
	broadcast: Broadcast;
	cluster: Cluster;
	clock: Clock;
	metrics: Pick<Metrics, "recovered">;
	graceMs: number;
	/** Resolves when everything that this process was about to commit is committed and answered. */
	settled: () => Promise<void>;
	onError: (error: unknown) => void;
};

/** A room that is being read. */
type Opening = {
	room: Promise<OpenRoom>;
	/** Entries that were committed meanwhile: whether the read saw them is not known. */
	heard: ReorderBuffer;
	/** Whether the room was removed meanwhile, so that what was read may be no more. */
	isDropped: boolean;
};

/** The rooms that are held in memory: from a first join until the last member is gone. */
export class OpenRooms {
	readonly #deps: OpenRoomsDeps;
	readonly #open = new Map<string, OpenRoom>();
	readonly #opening = new Map<string, Opening>();

	constructor(deps: OpenRoomsDeps) {
		this.#deps = deps;
	}

	get size(): number {
		return this.#open.size;
	}

	get(name: string): OpenRoom | undefined {
		return this.#open.get(name);
	}

	values(): Iterable<OpenRoom> {
		return this.#open.values();
	}

	/** The room, created if it is not there yet (rule R1). Rejects when the store does. */
	async open(name: string): Promise<OpenRoom> {
		const opening = this.#opening.get(name);
		if (opening) return opening.room;
		return this.#open.get(name) ?? this.#begin(name).room;
	}

	/** Tells the members of a room, here and elsewhere, what was added to its log. */
	announce(name: string, entries: Entry[]): void {
		this.hear(name, entries);
		this.#deps.cluster.publishToRoom(name, { kind: "appended", entries });
	}

	/** Tells the members here what was added to the log: one emit, however many entries and members there are. */
	hear(name: string, entries: readonly Entry[]): void {
		const room = this.#open.get(name);
		if (room) this.#hear(room, entries);
		else this.#opening.get(name)?.heard.put(entries);
	}

	/**
	 * Announces here what the log has up to `seq` and nobody was told of: another process committed it and its word was lost,
	 * or this one did and the answer was lost, with the thread that made it. Rejects when the store does.
	 */
	async heal(name: string, seq: number): Promise<void> {
		const room = this.#open.get(name);
		if (!room || seq <= room.tail.seq) return;
		if (room.healing) {
			// It may be on its way to less.
			await room.healing;
			return this.heal(name, seq);
		}
		room.healing = this.#heal(room, seq).finally(() => {
			room.healing = undefined;
		});
		await room.healing;
	}

	/** Lets go of a room at once. Its members, if there are any, come back by themselves and start over. */
	drop(name: string): void {
		const opening = this.#opening.get(name);
		if (opening) opening.isDropped = true;
		const room = this.#open.get(name);
		if (!room) return;
		this.#close(room);
		this.#deps.broadcast.disconnect({ room: name }, DISCONNECTS.roomRemoved);
	}

	/** Lets go of a room that nobody is in. */
	release(room: OpenRoom): void {
		if (room.presence.isDeserted && this.#open.get(room.name) === room) this.#close(room);
	}

	#begin(name: string): Opening {
		const opening = { heard: new ReorderBuffer(), isDropped: false } as Omit<Opening, "room">;
		const room = this.#read(name, opening).finally(() => this.#opening.delete(name));
		const begun = Object.assign(opening, { room });
		this.#opening.set(name, begun);
		return begun;
	}

	async #read(name: string, opening: Omit<Opening, "room">): Promise<OpenRoom> {
		const { store, cluster } = this.#deps;
		for (;;) {
			Object.assign(opening, { heard: new ReorderBuffer(), isDropped: false });
			// First it is followed and then read, so that nothing is said unheard in between.
			await cluster.follow(name);
			let log: Awaited<ReturnType<Store["open"]>>;
			try {
				log = await store.open(name, TAIL_ENTRIES);
			} catch (error) {
				cluster.unfollow(name);
				throw error;
			}
			if (opening.isDropped) continue;
			const room: OpenRoom = {
				name,
				tail: new Tail(log),
				news: new RoomBroadcaster({ ...this.#deps, room: name }),
				ahead: opening.heard,
				typing: new RoomTyping({ ...this.#deps, room: name }),
				presence: new RoomPresence({ ...this.#deps, room: name, onEmpty: () => this.release(room) }),
			};
			this.#open.set(name, room);
			this.#hear(room, []);
			await cluster.fetchPeople(name);
			if (!opening.isDropped) return room;
		}
	}

	#hear(room: OpenRoom, entries: readonly Entry[]): void {
		if (entries[0]?.seq === room.tail.seq + 1) this.#tell(room, entries);
		else room.ahead.put(entries);
		if (room.ahead.isEmpty) return;
		const next = room.ahead.take(room.tail.seq);
		while (next.length > 0) this.#tell(room, next.splice(0, HEALED_AT_ONCE));
		if (room.ahead.isEmpty) return;
		// Another process committed what is missing, and its word is on the way; if it is not, the store has it.
		room.cancelHeal ??= this.#deps.clock.after(HOLE_MS, () => {
			room.cancelHeal = undefined;
			this.heal(room.name, room.ahead.head).catch(this.#deps.onError);
		});
	}

	async #heal(room: OpenRoom, upTo: number): Promise<void> {
		const { store, metrics, settled } = this.#deps;
		const { name, tail } = room;
		for (let reads = 0; reads < MAX_HEAL_READS && tail.seq < upTo; reads++) {
			const after = tail.seq;
			const { entries, epoch, seq } = await store.since(name, after, HEALED_AT_ONCE);
			// Some of it may have been committed here, and is answered before it is told (rule M4).
			await settled();
			if (this.#open.get(name) !== room) return;
			if (epoch === tail.epoch && seq <= after) {
				// There is no hole: what waits is late news of a log that is no more.
				room.ahead.letGo(upTo);
				return;
			}
			// Another log, or retention took what is missing: it will never come.
			if (epoch !== tail.epoch || entries[0]?.seq !== after + 1) break;
			const missing = entries.filter((entry) => entry.seq > tail.seq);
			metrics.recovered(missing.length);
			this.#hear(room, missing);
		}
		// The members come back by themselves, and are told where they are.
		if (tail.seq < upTo) this.drop(name);
	}

	#tell(room: OpenRoom, entries: readonly Entry[]): void {
		room.tail.announce(entries);
		room.news.add(entries);
	}

	#close(room: OpenRoom): void {
		this.#open.delete(room.name);
		room.cancelHeal?.();
		room.news.clear();
		room.presence.clear();
		room.typing.clear();
		this.#deps.cluster.unfollow(room.name);
	}
}
