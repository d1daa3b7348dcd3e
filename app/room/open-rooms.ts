/**
 * The rooms in memory, from a first join until the last member of this process is gone.
 *
 *              open()
 *   (absent) ─────────► opening ─────────► open, in order ─────────► (absent)
 *                        ▲   │              │          ▲      the last member left
 *                        └───┘    an early  │          │
 *                  removed while  entry, or │          │ entries from another
 *                   it was read:  a greater ▼          │ process or the store
 *                     read again    head  open, with a gap ────────► dropped, (absent)
 *                                                      the store can't fill the gap
 *
 * - opening: the room is followed in the cluster and read from the store. Committed entries wait in `early`, because the
 *   read may or may not contain them.
 * - open, in order: its {@link RoomLog} broadcasts every entry that follows the last one.
 * - open, with a gap: entries wait in the RoomLog's reorder buffer. After 50 ms it fills the gap from the store; the
 *   reconciler finds the gaps after which nothing came. Members remain in the room.
 * - dropped: the room was removed, or its log can't be continued (another epoch, entries that the store has lost, or
 *   retention removed what is missing). Its members are disconnected, reconnect by themselves and start over. Reached from
 *   every state.
 */
import type { Entry } from "../protocol/log.ts";
import { isPrivateName } from "../protocol/private-room.ts";
import { KEPT_MESSAGES } from "./log/newest-messages.ts";
import { ReorderBuffer } from "./log/reorder-buffer.ts";
import { RoomLog } from "./log/room-log.ts";
import { TAIL_ENTRIES } from "./log/tail.ts";
import type { Broadcast } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Cluster } from "./ports/cluster.ts";
import { DISCONNECTS } from "./ports/disconnect.ts";
import type { Metrics } from "./ports/metrics.ts";
import type { PrivateRoomState } from "./ports/private-rooms.ts";
import type { Store } from "./ports/store.ts";
import { RoomPresence } from "./presence/presence.ts";
import { type AccessEntry, RoomAccess } from "./room-access.ts";
import { RoomTyping } from "./typing.ts";

export type OpenRoom = {
	readonly name: string;
	/** Absent in a room that is open to everybody. */
	readonly access: RoomAccess | undefined;
	readonly log: RoomLog;
	readonly presence: RoomPresence;
	readonly typing: RoomTyping;
};

type OpenRoomsDeps = {
	store: Pick<Store, "open" | "openPrivate" | "since" | "renewEpoch">;
	broadcast: Broadcast;
	cluster: Pick<Cluster, "follow" | "fetchPeople" | "unfollow" | "enter" | "exit" | "publishToRoom">;
	clock: Clock;
	metrics: Pick<Metrics, "recovered">;
	graceMs: number;
	/** Called when a member of a private room was removed. */
	onMemberRemoved: (room: string, userId: string) => void;
	/** Resolves when every append accepted so far is committed and acknowledged. */
	settled: () => Promise<void>;
	onError: (error: unknown, during: string) => void;
};

type Opening = {
	room: Promise<OpenRoom | undefined>;
	early: ReorderBuffer;
	isDropped: boolean;
};

/** Opens and closes rooms, and delivers committed entries to their logs. */
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

	/**
	 * Returns the room, and creates one that does not exist (rule R1). It creates no private room: it returns undefined if there
	 * is none of this name. Rejects when the store does.
	 */
	async open(name: string): Promise<OpenRoom | undefined> {
		const opening = this.#opening.get(name);
		if (opening) return opening.room;
		return this.#open.get(name) ?? this.#begin(name).room;
	}

	/** Delivers committed entries, ascending and consecutive, to the room's log. Does nothing for a room that is not open. */
	receive(name: string, entries: readonly Entry[]): void {
		const room = this.#open.get(name);
		if (room) room.log.receive(entries);
		else this.#opening.get(name)?.early.add(entries);
	}

	/** Has the room's log read the store up to `seq`. Rejects when the store does. */
	async recover(name: string, seq: number): Promise<void> {
		await this.#open.get(name)?.log.recover(seq);
	}

	/** Closes a room at once and disconnects its members, who reconnect by themselves and start over. */
	drop(name: string): void {
		const opening = this.#opening.get(name);
		if (opening) opening.isDropped = true;
		const room = this.#open.get(name);
		if (!room) return;
		this.#close(room);
		this.#deps.broadcast.disconnect({ room: name }, DISCONNECTS.roomRemoved);
	}

	/**
	 * Gives a room's log another epoch and drops the room, because the store has lost entries that this process has: after a
	 * failover to a replica that was behind, others would get their numbers. Rejects when the store does.
	 */
	async startOver(name: string): Promise<void> {
		const room = this.#open.get(name);
		if (!room) return;
		await this.#deps.store.renewEpoch(name, room.log.tail.epoch);
		if (this.#open.get(name) === room) this.drop(name);
	}

	/** Closes a room that nobody on this process is in, or joining. */
	release(room: OpenRoom): void {
		if (room.presence.isUnused && this.#open.get(room.name) === room) this.#close(room);
	}

	#begin(name: string): Opening {
		const opening = { early: new ReorderBuffer(), isDropped: false } as Omit<Opening, "room">;
		const room = this.#read(name, opening).finally(() => this.#opening.delete(name));
		const begun = Object.assign(opening, { room });
		this.#opening.set(name, begun);
		return begun;
	}

	async #read(name: string, opening: Omit<Opening, "room">): Promise<OpenRoom | undefined> {
		const { store, cluster } = this.#deps;
		for (;;) {
			Object.assign(opening, { early: new ReorderBuffer(), isDropped: false });
			// Followed before it is read, so that no entry is missed in between.
			await cluster.follow(name);
			let log: Awaited<ReturnType<Store["open"]>> & { state?: PrivateRoomState };
			try {
				const found = isPrivateName(name)
					? await store.openPrivate(name, TAIL_ENTRIES, KEPT_MESSAGES)
					: await store.open(name, TAIL_ENTRIES, KEPT_MESSAGES);
				if (!found) {
					cluster.unfollow(name);
					return undefined;
				}
				log = found;
			} catch (error) {
				cluster.unfollow(name);
				throw error;
			}
			if (opening.isDropped) continue;
			const deps = { ...this.#deps, room: name };
			const access = log.state && new RoomAccess(log.state);
			const onAccess = (entry: AccessEntry) => this.#changeAccess(name, access, entry);
			const room: OpenRoom = {
				name,
				access,
				log: new RoomLog(
					{ ...deps, onAccess, onLost: () => this.drop(name), onDiverged: () => this.#diverged(name) },
					log,
					opening.early,
				),
				typing: new RoomTyping(deps),
				presence: new RoomPresence({ ...deps, onUnused: () => this.release(room) }),
			};
			this.#open.set(name, room);
			await cluster.fetchPeople(name);
			if (!opening.isDropped) return room;
		}
	}

	#diverged(name: string): void {
		this.startOver(name).catch((error) => this.#deps.onError(error, "starting a room over"));
	}

	#changeAccess(name: string, access: RoomAccess | undefined, entry: AccessEntry): void {
		access?.apply(entry);
		if (entry.kind === "member" && entry.role === undefined) this.#deps.onMemberRemoved(name, entry.user.id);
	}

	#close(room: OpenRoom): void {
		this.#open.delete(room.name);
		room.log.close();
		room.presence.clear();
		room.typing.clear();
		this.#deps.cluster.unfollow(room.name);
	}
}
