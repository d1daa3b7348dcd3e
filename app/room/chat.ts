/** The domain, put together: verbs on rooms. It knows no sockets, no HTTP and no database, only their ports. */
import type { Ack, RoomSummary } from "../protocol.ts";
import type { BannedWords } from "./banned-words.ts";
import { Lane } from "./lane.ts";
import type { Limits } from "./limits.ts";
import { Members } from "./members.ts";
import { Messages } from "./messages.ts";
import { OpenRooms } from "./open-rooms.ts";
import type { Broadcast, Clock, Connection, Metrics, Store } from "./ports.ts";
import { accept, notInRoom, refuse } from "./refusals.ts";

export type ChatDeps = {
	store: Store;
	broadcast: Broadcast;
	clock: Clock;
	metrics: Metrics;
	limits: Limits;
	presenceGraceMs: number;
	isBanned: BannedWords;
	/** Told of errors that were turned into refusals, for the log. */
	onError: (error: unknown) => void;
};

export class Chat {
	readonly members: Members;
	readonly messages: Messages;
	readonly #deps: ChatDeps;
	readonly #rooms: OpenRooms;
	readonly #lane: Lane;

	constructor(deps: ChatDeps) {
		this.#deps = deps;
		this.#rooms = new OpenRooms({ ...deps, graceMs: deps.presenceGraceMs });
		this.#lane = new Lane({
			...deps,
			announce: (room, entries) => this.#rooms.announce(room, entries),
			repeated: (room, seq) => void this.#rooms.heal(room, seq).catch(deps.onError),
		});
		this.members = new Members({ ...deps, rooms: this.#rooms });
		this.messages = new Messages({ ...deps, lane: this.#lane, members: this.members });
	}

	/** How many rooms are held in memory. */
	get openRooms(): number {
		return this.#rooms.size;
	}

	typing(connection: Connection, name: string, isTyping: boolean): Ack<Record<string, never>> {
		const room = this.members.roomOf(connection, name);
		if (!room) return notInRoom();
		if (isTyping) room.typing.start(connection.user);
		else room.typing.stop(connection.user);
		return accept({});
	}

	listRooms(): Promise<RoomSummary[]> {
		return this.members.list();
	}

	/** The full broadcast: to every connected socket, whatever rooms it is in. */
	notice(text: string): void {
		this.#deps.broadcast.toAll("server:notice", { text, createdAt: this.#deps.clock.now() });
	}

	/** Forgets a room and everything said in it; who is still in it comes back to an empty one. */
	async removeRoom(name: string): Promise<Ack<Record<string, never>>> {
		await this.#lane.idle();
		const wasThere = await this.#deps.store
			.removeRoom(name)
			// Even if it failed: it may be gone all the same, and whoever comes back is told what is there.
			.finally(() => this.#rooms.drop(name));
		return wasThere ? accept({}) : refuse("not_found", "There is no room of this name.", { field: "room" });
	}

	/** Forgets what is older than `before` (milliseconds since 1970). */
	async prune(before: number): Promise<number> {
		const pruned = await this.#deps.store.prune(before);
		if (pruned > 0) for (const room of this.#rooms.values()) room.tail.prune(before);
		return pruned;
	}

	/** Resolves when every message that was taken in is committed and answered. */
	drained(): Promise<void> {
		return this.#lane.idle();
	}
}
