import type { Ack } from "../protocol/refusal.ts";
import type { RoomSummary } from "../protocol/room.ts";
import type { Files } from "./files/files.ts";
import type { AppendQueue } from "./log/append-queue.ts";
import type { OpenRooms } from "./open-rooms.ts";
import type { ModerationNote, NewAuditEntry } from "./ports/audit.ts";
import type { Clock } from "./ports/clock.ts";
import type { Cluster } from "./ports/cluster.ts";
import type { OwnRoom } from "./ports/private-rooms.ts";
import type { StoredRoom } from "./ports/rooms.ts";
import type { Store } from "./ports/store.ts";
import { accept, refuse } from "./refusals.ts";

const LISTED_ROOMS = 100;
/** A list that took t ms is returned again for this many times as long, up to a maximum. */
const SHARED_FACTOR = 10;
const MAX_SHARED_MS = 1_000;

type RoomsDeps = {
	openRooms: Pick<OpenRooms, "get" | "values" | "drop">;
	appendQueue: Pick<AppendQueue, "settled">;
	store: Pick<Store, "rooms" | "privateRoomsOf" | "removeRoom" | "prune" | "pruneEmptyRooms">;
	cluster: Pick<Cluster, "counts" | "publishToAll">;
	files: Pick<Files, "expire" | "sweep">;
	clock: Pick<Clock, "now" | "monotonic">;
	onError: (error: unknown, during: string) => void;
};

/** The rooms of the chat, open or not: their list, their removal and their retention. */
export class ChatRooms {
	readonly #deps: RoomsDeps;
	/** The newest list of the rooms that are open to everybody, which is returned again until `until`. */
	#listing: { rooms: Promise<RoomSummary[]>; until: number } | undefined;

	constructor(deps: RoomsDeps) {
		this.#deps = deps;
	}

	/**
	 * Returns the private rooms of a user, then the open ones, each with the newest activity first and the number of people.
	 * Open rooms without messages come last, and only those with people: anybody can create a hundred. Rejects when the store
	 * does.
	 */
	async list(userId: string): Promise<RoomSummary[]> {
		return (await Promise.all([this.listOwn(userId), this.#openToAll()])).flat();
	}

	/** Returns the private rooms of a user only, newest activity first. Rejects when the store does. */
	async listOwn(userId: string): Promise<RoomSummary[]> {
		return this.#counted(await this.#deps.store.privateRoomsOf(userId));
	}

	/**
	 * Returns the rooms that are open to everybody. One reading serves all requests while it runs, and for ten times as long,
	 * so that a list that takes long is seldom read.
	 */
	#openToAll(): Promise<RoomSummary[]> {
		const { store, clock } = this.#deps;
		const startedAt = clock.monotonic();
		if (this.#listing && startedAt < this.#listing.until) return this.#listing.rooms;
		const rooms = store.rooms(LISTED_ROOMS).then((known) => this.#counted(known));
		const listing = { rooms, until: Number.POSITIVE_INFINITY };
		this.#listing = listing;
		const settle = () => {
			const now = clock.monotonic();
			listing.until = now + Math.min(MAX_SHARED_MS, SHARED_FACTOR * (now - startedAt));
		};
		rooms.then(settle, settle);
		return rooms;
	}

	/** Adds the number of people to each room, and leaves out the deserted ones. */
	async #counted(known: readonly (OwnRoom | StoredRoom)[]): Promise<RoomSummary[]> {
		const { openRooms, cluster } = this.#deps;
		const counts = known.length === 0 ? undefined : await cluster.counts(known.map(({ room }) => room));
		return known.flatMap(({ room, lastActiveAt, ...about }, index) => {
			const present = counts?.[index] ?? openRooms.get(room)?.presence.count ?? 0;
			if (!("isEmpty" in about)) return [{ room, ...about, present, lastActiveAt }];
			return present === 0 ? [] : [{ room, present, lastActiveAt }];
		});
	}

	/**
	 * Removes a room and its log. Its members reconnect to a new, empty room of the same name. Without a note the removal is
	 * not in the audit log.
	 */
	async remove(name: string, note?: ModerationNote): Promise<Ack<Record<string, never>>> {
		const { openRooms, appendQueue, store, cluster, files, clock, onError } = this.#deps;
		await appendQueue.settled();
		const audit: NewAuditEntry | undefined = note && {
			act: "remove_room",
			target: { room: name },
			createdAt: clock.now(),
			...note,
		};
		const existed = await store
			.removeRoom(name, audit)
			// Also after a failure: the room may be gone all the same, and the members who reconnect receive the stored state.
			.finally(() => {
				openRooms.drop(name);
				cluster.publishToAll({ kind: "room_removed", room: name });
			});
		files.expire().catch((error) => onError(error, "removing files"));
		return existed ? accept({}) : refuse("not_found", "There is no room of this name.", { field: "room" });
	}

	/** Removes entries older than `before` (milliseconds since 1970). Returns their number. */
	async prune(before: number): Promise<number> {
		const { store, openRooms } = this.#deps;
		const pruned = await store.prune(before);
		// Whichever process pruned the store, the tails in memory follow.
		for (const { log } of openRooms.values()) log.tail.prune(before);
		await this.#deps.files.expire();
		return pruned;
	}

	/** Removes the files that are too old or belong to nothing. */
	sweepFiles(): Promise<void> {
		return this.#deps.files.sweep();
	}

	/** Removes rooms without entries that were created before `before` (milliseconds since 1970). Returns their number. */
	pruneEmpty(before: number): Promise<number> {
		const { store, openRooms } = this.#deps;
		const open = [...openRooms.values()].map(({ name }) => name);
		return store.pruneEmptyRooms(before, open);
	}
}
