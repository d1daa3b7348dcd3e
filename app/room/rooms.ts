import type { Ack } from "../protocol/refusal.ts";
import type { RoomSummary } from "../protocol/room.ts";
import type { Files } from "./files/files.ts";
import type { AppendQueue } from "./log/append-queue.ts";
import type { OpenRooms } from "./open-rooms.ts";
import type { ModerationNote, NewAuditEntry } from "./ports/audit.ts";
import type { Clock } from "./ports/clock.ts";
import type { Cluster } from "./ports/cluster.ts";
import type { Store } from "./ports/store.ts";
import { accept, refuse } from "./refusals.ts";

const LISTED_ROOMS = 100;

type RoomsDeps = {
	openRooms: Pick<OpenRooms, "get" | "values" | "drop">;
	appendQueue: Pick<AppendQueue, "idle">;
	store: Pick<Store, "rooms" | "privateRoomsOf" | "removeRoom" | "prune" | "pruneEmptyRooms">;
	cluster: Pick<Cluster, "counts" | "publishToAll">;
	files: Pick<Files, "expire" | "sweep">;
	clock: Pick<Clock, "now">;
	onError: (error: unknown, during: string) => void;
};

/** The rooms of the chat, open or not: their list, their removal and their retention. */
export class ChatRooms {
	readonly #deps: RoomsDeps;

	constructor(deps: RoomsDeps) {
		this.#deps = deps;
	}

	/**
	 * Returns the private rooms of a user, then the open ones, each with the newest activity first and the number of people.
	 * Rejects when the store does.
	 */
	async list(userId: string): Promise<RoomSummary[]> {
		const { store, openRooms, cluster } = this.#deps;
		const known = [...(await store.privateRoomsOf(userId)), ...(await store.rooms(LISTED_ROOMS))];
		const counts = await cluster.counts(known.map(({ room }) => room));
		return known.map(({ room, lastActiveAt, ...about }, index) => ({
			room,
			...about,
			present: counts?.[index] ?? openRooms.get(room)?.presence.count ?? 0,
			lastActiveAt,
		}));
	}

	/**
	 * Removes a room and its log. Its members reconnect to a new, empty room of the same name. Without a note the removal is
	 * not in the audit log.
	 */
	async remove(name: string, note?: ModerationNote): Promise<Ack<Record<string, never>>> {
		const { openRooms, appendQueue, store, cluster, files, clock, onError } = this.#deps;
		await appendQueue.idle();
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
