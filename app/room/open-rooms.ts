import { type Entry, RESUME_ENTRIES } from "../protocol.ts";
import type { Broadcast, Clock, Store } from "./ports.ts";
import { RoomPresence } from "./presence.ts";
import { RoomTail, TAIL_ENTRIES } from "./tail.ts";
import { RoomTyping } from "./typing.ts";

/** A room that somebody is in, or was a moment ago. */
export type OpenRoom = {
	readonly name: string;
	readonly tail: RoomTail;
	readonly presence: RoomPresence;
	readonly typing: RoomTyping;
};

type OpenRoomsDeps = {
	store: Pick<Store, "open" | "since">;
	broadcast: Broadcast;
	clock: Clock;
	graceMs: number;
};

/** A room that is being read. */
type Opening = {
	room: Promise<OpenRoom>;
	/** Entries that were committed meanwhile: whether the read saw them is not known. */
	announced: Entry[];
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
		const open = this.#open.get(name);
		if (open) return open;
		const opening = this.#opening.get(name) ?? this.#begin(name);
		return opening.room;
	}

	/** Tells the members of a room what was added to its log: one emit, however many entries and members there are. */
	announce(name: string, entries: Entry[]): void {
		this.#opening.get(name)?.announced.push(...entries);
		const room = this.#open.get(name);
		if (!room) return;
		// A room that was read a moment ago may have seen the commit already; all its members have that from their join.
		const fresh = entries.filter((entry) => entry.seq > room.tail.seq);
		if (fresh.length === 0) return;
		room.tail.announce(fresh);
		this.#deps.broadcast.toRoom(name, "room:appended", { room: name, entries: fresh });
	}

	/**
	 * Announces what the log has up to `seq` and nobody was told of: a commit whose answer was lost, with the thread that
	 * made it, is found out when its author sends again.
	 */
	async heal(name: string, seq: number): Promise<void> {
		const tail = this.#open.get(name)?.tail;
		if (!tail || seq <= tail.seq) return;
		const { entries } = await this.#deps.store.since(name, tail.seq, RESUME_ENTRIES);
		this.announce(name, entries);
	}

	/** Lets go of a room at once. Its members, if there are any, come back by themselves and start over. */
	drop(name: string): void {
		const opening = this.#opening.get(name);
		if (opening) Object.assign(opening, { announced: [], isDropped: true });
		const room = this.#open.get(name);
		if (!room) return;
		this.#open.delete(name);
		room.presence.clear();
		room.typing.clear();
		this.#deps.broadcast.cutRoom(name);
	}

	#begin(name: string): Opening {
		const opening = { announced: [], isDropped: false } as Omit<Opening, "room">;
		const room = this.#read(name, opening).finally(() => this.#opening.delete(name));
		const begun = Object.assign(opening, { room });
		this.#opening.set(name, begun);
		return begun;
	}

	async #read(name: string, opening: Omit<Opening, "room">): Promise<OpenRoom> {
		const { store, broadcast, clock, graceMs } = this.#deps;
		let log: Awaited<ReturnType<Store["open"]>>;
		do {
			opening.isDropped = false;
			log = await store.open(name, TAIL_ENTRIES);
		} while (opening.isDropped);
		const tail = new RoomTail(log);
		tail.announce(opening.announced.filter((entry) => entry.seq > tail.seq));
		const room: OpenRoom = {
			name,
			tail,
			typing: new RoomTyping(name, broadcast, clock),
			presence: new RoomPresence({ room: name, broadcast, clock, graceMs, onEmpty: () => this.release(room) }),
		};
		this.#open.set(name, room);
		return room;
	}

	/** Lets go of a room that nobody is in. */
	release(room: OpenRoom): void {
		if (room.presence.count > 0) return;
		room.typing.clear();
		if (this.#open.get(room.name) === room) this.#open.delete(room.name);
	}
}
