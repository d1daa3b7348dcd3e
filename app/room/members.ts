import { RESUME_CHARS } from "../protocol/limits.ts";
import type { Cursor, Entry } from "../protocol/log.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { JoinData, JoinsData } from "../protocol/room.ts";
import { type BannedWords, wordRefusal } from "./banned-words.ts";
import type { Limits } from "./limits.ts";
import { charsOf, charsOfSlice } from "./log/entry-size.ts";
import { KEPT_MESSAGES } from "./log/newest-messages.ts";
import type { LogSlice } from "./log/tail.ts";
import type { Bans } from "./moderation/bans.ts";
import type { ClosedRooms } from "./moderation/closed-rooms.ts";
import type { OpenRoom, OpenRooms } from "./open-rooms.ts";
import { OwnReactions } from "./own-reactions.ts";
import type { People } from "./people/people.ts";
import type { Broadcast, Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Metrics } from "./ports/metrics.ts";
import { type Store, StoreUnavailable } from "./ports/store.ts";
import type { ReadMarks } from "./read-marks/read-marks.ts";
import { accept, notInRoom, type Refused, refuse, storeUnavailable, tooFast } from "./refusals.ts";
import { type JoinRequest, Rejoins, type TakeJoin } from "./rejoins.ts";
import { mayEnter } from "./room-membership.ts";
import { visibleSlice } from "./visible-messages.ts";

/** Maximum reads of the store for one join, in a room whose log advances faster than the store responds. */
const MAX_READS = 5;

/** Returns whether the part of a log still fits into the ack. */
type Fits = (slice: LogSlice) => boolean;

type MembersDeps = {
	rooms: OpenRooms;
	store: Pick<Store, "history" | "since" | "heads" | "reactionsOf" | "roleIn">;
	broadcast: Broadcast;
	clock: Clock;
	metrics: Pick<Metrics, "refused">;
	limits: Pick<Limits, "joins" | "rejoins" | "roomsPerConnection">;
	bans: Pick<Bans, "roomRefusal">;
	closedRooms: Pick<ClosedRooms, "has">;
	people: Pick<People, "nameRefusal">;
	readMarks: Pick<ReadMarks, "read" | "latest">;
	hasBannedWord: BannedWords;
};

/** Memberships of connections in rooms: joins, resumes, leaves and disconnects. */
export class Members {
	readonly #deps: MembersDeps;
	readonly #rejoins: Rejoins;
	/** The rooms of every connection, by its id. */
	readonly #joined = new Map<string, Set<string>>();

	constructor(deps: MembersDeps) {
		this.#deps = deps;
		this.#rejoins = new Rejoins(deps);
	}

	connect({ id }: Connection): void {
		this.#joined.set(id, new Set());
	}

	/** Returns the room, to a connection that is in it (rule R3). */
	roomOf({ id }: Connection, name: string): OpenRoom | undefined {
		return this.#joined.get(id)?.has(name) ? this.#deps.rooms.get(name) : undefined;
	}

	/** Returns the names of the rooms that a connection is in. */
	roomsOf({ id }: Connection): string[] {
		return [...(this.#joined.get(id) ?? [])];
	}

	/** Joins or resumes: the ack has the entries after the cursor `after`, or the newest messages. Rejects when the store does. */
	join(connection: Connection, name: string, after?: Cursor): Promise<Ack<JoinData>> {
		return this.#join(connection, { room: name, after }, this.#rejoins.takeJoin, () => true);
	}

	/**
	 * Joins several rooms, those that the user is in at the rate of rejoins. Returns an ack for each request, in their order;
	 * a request that is a refusal already keeps it. Rejects when the store can't be read at all.
	 */
	async rejoin(connection: Connection, requests: readonly Ack<JoinRequest>[]): Promise<Ack<JoinsData>> {
		const joins = requests.flatMap((request) => (request.ok ? [request.data] : []));
		const takes = new Map(await this.#rejoins.takesOf(connection.user.id, joins));
		let chars = 0;
		const fits = (slice: LogSlice, isFirst: boolean) => {
			if (chars > RESUME_CHARS && !isFirst) return false;
			chars += charsOfSlice(slice);
			return true;
		};
		const acks = requests.map(async (request, index): Promise<Ack<JoinData>> => {
			if (!request.ok) return request;
			const { data } = request;
			try {
				return await this.#join(connection, data, takes.get(data)!, (slice) => fits(slice, index === 0));
			} catch (error) {
				if (error instanceof StoreUnavailable) return storeUnavailable(error);
				throw error;
			}
		});
		const data = await Promise.all(acks);
		for (const ack of data) if (!ack.ok) this.#deps.metrics.refused(ack.error.code);
		return accept(data);
	}

	async #join(
		connection: Connection,
		{ room: name, after }: JoinRequest,
		take: TakeJoin,
		fits: Fits,
	): Promise<Ack<JoinData>> {
		const { rooms, people } = this.#deps;
		const refusal =
			tooFast(take(connection.user.id), "You are joining rooms too fast. Try again in a moment.") ??
			this.#refusal(connection, name) ??
			people.nameRefusal(connection.user.name, connection.user.id) ??
			wordRefusal(this.#deps.hasBannedWord, "The room's name", name, "room");
		if (refusal) return refusal;
		if (!(await this.#mayEnter(connection, name))) return noSuchRoom();
		const room = await rooms.open(name);
		if (!room) return noSuchRoom();
		try {
			const isReserved = await room.presence.reserve(connection.user);
			return isReserved ? await this.#readAndEnter(room, connection, after, fits) : nameTaken(connection);
		} finally {
			room.presence.endReservation(connection.user);
			rooms.release(room);
		}
	}

	leave(connection: Connection, name: string): Ack<Record<string, never>> {
		const room = this.roomOf(connection, name);
		if (!room) return notInRoom();
		this.#joined.get(connection.id)?.delete(name);
		room.log.flush();
		this.#deps.broadcast.unsubscribe(connection.id, name);
		room.typing.stop(connection.user);
		room.presence.exit(connection, true);
		return accept({});
	}

	/** Removes a user who is no longer a member of a private room, on every connection of this process (rule R6). */
	expel(name: string, userId: string): void {
		for (const { connection } of this.#deps.broadcast.connectionsIn(name))
			if (connection.user.id === userId) this.leave(connection, name);
		this.#deps.rooms.get(name)?.presence.endGrace(userId);
	}

	/** Removes a closed connection from its rooms. `clean`: the client closed it on purpose. */
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
	 * Takes a slice of the tail in the turn of the event loop in which the connection is subscribed, so that no broadcast
	 * comes between them. What memory does not have is read from the store before the slice is taken.
	 */
	async #readAndEnter(
		room: OpenRoom,
		connection: Connection,
		after: Cursor | undefined,
		fits: Fits,
	): Promise<Ack<JoinData>> {
		const { store } = this.#deps;
		const { tail } = room.log;
		const stored = await this.#deps.readMarks.read(room, connection.user.id);
		const own = new OwnReactions(connection.user.id);
		let resumesFrom = after;
		let read: Entry[] | undefined;
		for (let reads = 0; reads <= MAX_READS; reads++) {
			const first = room.access?.firstSeqOf(connection.user.id) ?? 0;
			if (resumesFrom && (tail.isGap(resumesFrom) || resumesFrom.seq < first - 1)) resumesFrom = undefined;
			const slice = resumesFrom
				? tail.sliceAfter(resumesFrom, read)
				: visibleSlice(tail.sliceNewest(after !== undefined), first);
			const kinds = own.missing(slice?.messages ?? []);
			if (slice?.entries && charsOf(slice.entries) > RESUME_CHARS) resumesFrom = undefined;
			else if (slice && kinds.length === 0) {
				const marked = own.mark(slice, tail);
				return fits(marked) ? this.#enter(room, connection, marked, stored) : doesNotFit();
			} else if (slice) own.record(kinds, await store.reactionsOf(connection.user.id, room.name, kinds));
			else if (resumesFrom) read = await this.#readEntries(room, resumesFrom.seq);
			else await this.#readNewest(room);
		}
		return refuse("unavailable", "The room is very busy. Try again in a moment.", { retryAfterMs: 1_000 });
	}

	/**
	 * The store is asked about a private room unless memory has the user as a member: the message of another process may be
	 * late, and a room that exists takes as long to refuse as one that does not.
	 */
	#mayEnter({ user }: Connection, name: string): true | Promise<boolean> {
		const { rooms, store } = this.#deps;
		return rooms.get(name)?.access?.has(user.id) || mayEnter(store, user.id, name);
	}

	/** Reads the entries after a `seq`, up to the head. */
	async #readEntries({ name, log: { tail } }: OpenRoom, after: number): Promise<Entry[]> {
		const { entries, floor } = await this.#deps.store.since(name, after, tail.seq - after);
		tail.raiseFloor(floor);
		return entries;
	}

	/** Reads the newest messages into the tail. */
	async #readNewest({ name, log: { tail } }: OpenRoom): Promise<void> {
		const { seq } = tail;
		const { messages, more } = await this.#deps.store.history(name, { before: seq + 1, limit: KEPT_MESSAGES });
		tail.refill(seq, messages, more);
	}

	/** `stored` is the read mark that the store has. */
	#enter(room: OpenRoom, connection: Connection, slice: LogSlice, stored: number | undefined): Ack<JoinData> {
		const { rooms, broadcast, closedRooms, readMarks } = this.#deps;
		const joined = this.#joined.get(connection.id);
		// The connection closed, the room was dropped, or the user was renamed, while the store was read.
		if (!joined || rooms.get(room.name) !== room || !room.presence.isReserved(connection.user))
			return refuse("unavailable", "The room was just closed. Join it again.");
		// Checked again: meanwhile this connection may have joined other rooms, and an admin may have banned the user.
		const refusal = this.#refusal(connection, room.name);
		if (refusal) return refusal;
		if (room.access && !room.access.has(connection.user.id)) return noSuchRoom();
		if (!room.presence.enter(connection)) return nameTaken(connection);
		joined.add(room.name);
		room.log.flush();
		broadcast.subscribe(connection.id, room.name);
		const read = readMarks.latest(room, connection.user.id, stored) ?? room.access?.joinedSeqOf(connection.user.id);
		const info = room.access && { info: room.access.infoFor(connection.user.id) };
		return accept({
			room: room.name,
			...slice,
			...(read !== undefined && { read }),
			presence: room.presence.snapshot(),
			...(closedRooms.has(room.name) && { closed: true }),
			...info,
		});
	}

	/** Returns why a connection may not join a room, if so: the user is banned from it, or the connection is in too many. */
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

/** The ack of `rooms:join` is long enough. The client requests the rest at once. */
function doesNotFit(): Refused {
	return refuse("unavailable", "This room was too much for one answer. Join it again.", { retryAfterMs: 0 });
}

/** The refusal of a join. To others a private room does not exist (rule R6). */
function noSuchRoom(): Refused {
	return refuse("not_found", "There is no room of this name, or you are not a member of it.", { field: "room" });
}

function nameTaken({ user }: Connection): Refused {
	const sentence = `Somebody here is called "${user.name}" or similar. Pick another name.`;
	return refuse("name_taken", sentence, { field: "name" });
}
