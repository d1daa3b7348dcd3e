import { JOIN_MESSAGES, RESUME_CHARS } from "../protocol/limits.ts";
import type { Cursor } from "../protocol/log.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { JoinData } from "../protocol/room.ts";
import type { Limits } from "./limits.ts";
import type { LogAnswer, Older } from "./log/tail.ts";
import { charsOf } from "./log/text-size.ts";
import type { Bans } from "./moderation/bans.ts";
import type { OpenRoom, OpenRooms } from "./open-rooms.ts";
import type { Broadcast, Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Store } from "./ports/store.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { accept, notInRoom, type Refused, refuse } from "./refusals.ts";

/** How often a join reads on when the room moved faster than the store answered. */
const MAX_READS = 5;

type MembersDeps = {
	rooms: OpenRooms;
	store: Pick<Store, "history" | "since">;
	broadcast: Broadcast;
	clock: Clock;
	limits: Pick<Limits, "joins" | "roomsPerConnection">;
	bans: Pick<Bans, "roomRefusal">;
};

/** Who is in which room, by connection: joining, leaving, and the lines that drop. */
export class Members {
	readonly #deps: MembersDeps;
	readonly #rate: RateLimiter;
	/** The rooms of every live connection. */
	readonly #joined = new Map<string, Set<string>>();

	constructor(deps: MembersDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.joins, deps.clock);
	}

	connect({ id }: Connection): void {
		this.#joined.set(id, new Set());
	}

	/** The room, for a connection that is in it (rule R3). */
	roomOf({ id }: Connection, name: string): OpenRoom | undefined {
		return this.#joined.get(id)?.has(name) ? this.#deps.rooms.get(name) : undefined;
	}

	/** Joining and resuming are one act: the answer has what is new since `after`, or the newest messages. */
	async join(connection: Connection, name: string, after?: Cursor): Promise<Ack<JoinData>> {
		const { rooms } = this.#deps;
		const waitMs = this.#rate.take(connection.user.id);
		if (waitMs > 0) return refuse("rate_limited", "You join rooms too fast; wait a moment.", { retryAfterMs: waitMs });
		const refusal = this.#refusal(connection, name);
		if (refusal) return refusal;
		const room = await rooms.open(name);
		try {
			const admitted = await room.presence.arrive(connection.user);
			return admitted ? await this.#read(room, connection, after) : nameTaken(connection);
		} finally {
			room.presence.arrived(connection.user);
			rooms.release(room);
		}
	}

	leave(connection: Connection, name: string): Ack<Record<string, never>> {
		const room = this.roomOf(connection, name);
		if (!room) return notInRoom();
		this.#joined.get(connection.id)?.delete(name);
		room.news.tell();
		this.#deps.broadcast.unsubscribe(connection.id, name);
		room.typing.stop(connection.user);
		room.presence.exit(connection, true);
		return accept({});
	}

	/** The line is gone; `clean` says that the client closed it on purpose. */
	disconnect(connection: Connection, clean: boolean): void {
		const joined = this.#joined.get(connection.id) ?? [];
		this.#joined.delete(connection.id);
		for (const name of joined) {
			const room = this.#deps.rooms.get(name);
			room?.typing.stop(connection.user);
			room?.presence.exit(connection, clean);
		}
	}

	/**
	 * Answers from the tail in memory, in the turn in which the connection is subscribed: nothing can be announced
	 * between the two. What the tail does not have is read first, and held against the tail as it is by then.
	 */
	async #read(room: OpenRoom, connection: Connection, after: Cursor | undefined): Promise<Ack<JoinData>> {
		const { store } = this.#deps;
		let from = after;
		let older: Older | undefined;
		for (let reads = 0; reads <= MAX_READS; reads++) {
			const log = room.tail.answer(from, older);
			if (log?.entries && charsOf(log.entries) > RESUME_CHARS) {
				from = undefined;
				older = undefined;
				continue;
			}
			if (log) return this.#enter(room, connection, { ...log, gap: log.gap || from !== after });
			const { seq } = room.tail;
			if (from && !room.tail.isGap(from)) {
				const { entries, floor } = await store.since(room.name, from.seq, seq - from.seq);
				room.tail.raiseFloor(floor);
				older = { seq, entries };
			} else {
				const { messages } = await store.history(room.name, { before: seq + 1, limit: JOIN_MESSAGES });
				older = { seq, messages };
			}
		}
		return refuse("unavailable", "The room is very busy; try again in a moment.", { retryAfterMs: 1_000 });
	}

	#enter(room: OpenRoom, connection: Connection, log: LogAnswer): Ack<JoinData> {
		const { rooms, broadcast } = this.#deps;
		const joined = this.#joined.get(connection.id);
		// The line dropped, or an admin dropped the room, while the store was read: nobody is there to be answered.
		if (!joined || rooms.get(room.name) !== room)
			return refuse("unavailable", "The room was closed in this moment; join it again.");
		// Once more: other joins of this connection may have been under way, and an admin may have said something.
		const refusal = this.#refusal(connection, room.name);
		if (refusal) return refusal;
		if (!room.presence.enter(connection)) return nameTaken(connection);
		joined.add(room.name);
		room.news.tell();
		broadcast.subscribe(connection.id, room.name);
		return accept({ room: room.name, ...log, presence: room.presence.snapshot() });
	}

	/** Why a connection may not be in a room: an admin's word, or it is in as many as it may be, and not in this one. */
	#refusal({ id, user }: Connection, name: string): Refused | undefined {
		const { bans, limits } = this.#deps;
		const banned = bans.roomRefusal(user.id, name);
		if (banned) return banned;
		const { roomsPerConnection } = limits;
		const joined = this.#joined.get(id);
		if (!joined || joined.has(name) || roomsPerConnection === 0 || joined.size < roomsPerConnection) return undefined;
		const sentence = `You are in ${roomsPerConnection} rooms already; leave one to join another.`;
		return refuse("forbidden", sentence, { field: "room" });
	}
}

function nameTaken({ user }: Connection): Refused {
	const sentence = `Somebody here is called "${user.name}" or similar. Pick another name.`;
	return refuse("name_taken", sentence, { field: "name" });
}
