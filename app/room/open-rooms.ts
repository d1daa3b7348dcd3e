import { type Entry, MAX_PAGE } from "../protocol.ts";
import { Ahead } from "./ahead.ts";
import type { Cluster } from "./cluster.ts";
import type { Broadcast, Clock, Metrics, Store } from "./ports.ts";
import { RoomPresence } from "./presence.ts";
import { RoomTail, TAIL_ENTRIES } from "./tail.ts";
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
	readonly tail: RoomTail;
	readonly presence: RoomPresence;
	readonly typing: RoomTyping;
	readonly ahead: Ahead;
	/** The end of a hole's patience; the answer of `clock.after`. */
	cancelHeal?: (() => void) | undefined;
	healing?: Promise<void> | undefined;
};

type OpenRoomsDeps = {
	store: Pick<Store, "open" | "since">;
	broadcast: Broadcast;
	cluster: Cluster;
	clock: Clock;
	metrics: Pick<Metrics, "healed">;
	graceMs: number;
	onError: (error: unknown) => void;
};

/** A room that is being read. */
type Opening = {
	room: Promise<OpenRoom>;
	/** Entries that were committed meanwhile: whether the read saw them is not known. */
	heard: Entry[];
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
		this.#deps.cluster.tellRoom(name, { kind: "appended", entries });
	}

	/** Tells the members here what was added to the log: one emit, however many entries and members there are. */
	hear(name: string, entries: readonly Entry[]): void {
		const room = this.#open.get(name);
		if (!room) {
			this.#opening.get(name)?.heard.push(...entries);
			return;
		}
		if (room.ahead.isEmpty && entries[0]?.seq === room.tail.seq + 1) {
			this.#tell(room, entries);
			return;
		}
		room.ahead.put(entries);
		const next = room.ahead.take(room.tail.seq);
		while (next.length > 0) this.#tell(room, next.splice(0, HEALED_AT_ONCE));
		if (room.ahead.isEmpty) return;
		// Another process committed what is missing, and its word is on the way; if it is not, the store has it.
		room.cancelHeal ??= this.#deps.clock.after(HOLE_MS, () => {
			room.cancelHeal = undefined;
			this.heal(name, room.ahead.head).catch(this.#deps.onError);
		});
	}

	/**
	 * Announces here what the log has up to `seq` and nobody was told of: another process committed it and its word was lost,
	 * or this one did and the answer was lost, with the thread that made it. Rejects when the store does.
	 */
	async heal(name: string, seq: number): Promise<void> {
		const room = this.#open.get(name);
		if (!room || seq <= room.tail.seq) return;
		room.healing ??= this.#heal(room, seq).finally(() => {
			room.healing = undefined;
		});
		await room.healing;
	}

	/** Lets go of a room at once. Its members, if there are any, come back by themselves and start over. */
	drop(name: string): void {
		const opening = this.#opening.get(name);
		if (opening) Object.assign(opening, { heard: [], isDropped: true });
		const room = this.#open.get(name);
		if (!room) return;
		this.#close(room);
		this.#deps.broadcast.cutRoom(name);
	}

	/** Lets go of a room that nobody is in. */
	release(room: OpenRoom): void {
		if (room.presence.isDeserted && this.#open.get(room.name) === room) this.#close(room);
	}

	#begin(name: string): Opening {
		const opening = { heard: [], isDropped: false } as Omit<Opening, "room">;
		const room = this.#read(name, opening).finally(() => this.#opening.delete(name));
		const begun = Object.assign(opening, { room });
		this.#opening.set(name, begun);
		return begun;
	}

	async #read(name: string, opening: Omit<Opening, "room">): Promise<OpenRoom> {
		const { store, cluster } = this.#deps;
		// First it is followed and then read, so that nothing is said unheard in between.
		await cluster.follow(name);
		let log: Awaited<ReturnType<Store["open"]>>;
		try {
			do {
				opening.isDropped = false;
				log = await store.open(name, TAIL_ENTRIES);
			} while (opening.isDropped);
		} catch (error) {
			cluster.unfollow(name);
			throw error;
		}
		const room: OpenRoom = {
			name,
			tail: new RoomTail(log),
			ahead: new Ahead(),
			typing: new RoomTyping({ ...this.#deps, room: name }),
			presence: new RoomPresence({ ...this.#deps, room: name, onEmpty: () => this.release(room) }),
		};
		this.#open.set(name, room);
		this.hear(name, opening.heard);
		await cluster.meet(name);
		return room;
	}

	async #heal(room: OpenRoom, upTo: number): Promise<void> {
		const { store, metrics } = this.#deps;
		const { name, tail } = room;
		for (let reads = 0; reads < MAX_HEAL_READS && tail.seq < upTo; reads++) {
			const { entries, epoch } = await store.since(name, tail.seq, HEALED_AT_ONCE);
			if (this.#open.get(name) !== room) return;
			const missing = entries.filter((entry) => entry.seq > tail.seq);
			// Another log, or retention took what is missing: it will never come.
			if (epoch !== tail.epoch || missing[0]?.seq !== tail.seq + 1) break;
			metrics.healed(missing.length);
			this.hear(name, missing);
		}
		// The members come back by themselves, and are told where they are.
		if (tail.seq < upTo) this.drop(name);
	}

	#tell(room: OpenRoom, entries: readonly Entry[]): void {
		room.tail.announce(entries);
		this.#deps.broadcast.toRoom(room.name, "room:appended", { room: room.name, entries: [...entries] });
	}

	#close(room: OpenRoom): void {
		this.#open.delete(room.name);
		room.cancelHeal?.();
		room.presence.clear();
		room.typing.clear();
		this.#deps.cluster.unfollow(room.name);
	}
}
