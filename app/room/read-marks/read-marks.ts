import type { ReadPayload } from "../../protocol/read.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { Limits } from "../limits.ts";
import type { OpenRoom } from "../open-rooms.ts";
import type { Broadcast, Connection } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cluster, RoomEvent } from "../ports/cluster.ts";
import type { ReadMarkStore, ReadMove } from "../ports/read-marks.ts";
import { RateLimiter } from "../rate-limiter.ts";
import { accept, notInRoom, refuse, tooFast } from "../refusals.ts";
import { MarkReader } from "./mark-reader.ts";
import { UnwrittenMoves } from "./unwritten-moves.ts";

type ReadMarksDeps = {
	store: ReadMarkStore;
	broadcast: Pick<Broadcast, "toConnection">;
	cluster: Pick<Cluster, "publishToRoom">;
	clock: Clock;
	limits: Pick<Limits, "readMarks">;
	/** Returns the room, to a connection that is in it. */
	roomOf: (connection: Connection, name: string) => OpenRoom | undefined;
	onError: (error: unknown, during: string) => void;
};

type Moved = Extract<RoomEvent, { kind: "read" }>["moved"];

/**
 * How far each user has read each room (rules U1 to U3). A move reaches the user's other connections at once, and the store
 * within three seconds.
 */
export class ReadMarks {
	readonly #deps: ReadMarksDeps;
	readonly #rate: RateLimiter;
	readonly #reader: MarkReader;
	readonly #unwritten: UnwrittenMoves;

	constructor(deps: ReadMarksDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.readMarks, deps.clock);
		this.#reader = new MarkReader(deps);
		this.#unwritten = new UnwrittenMoves(deps);
	}

	/** Moves the mark of the connection's user: forward, or back where `back` is set. */
	move(connection: Connection, { room: name, epoch, seq: given, back }: ReadPayload): Ack<Record<string, never>> {
		const { clock, cluster, roomOf } = this.#deps;
		const user = connection.user.id;
		const refusal = tooFast(this.#rate.take(user));
		if (refusal) return refusal;
		const room = roomOf(connection, name);
		if (!room) return notInRoom();
		const { tail } = room.log;
		if (epoch !== tail.epoch)
			return refuse("not_found", "The messages of this room have started over. Join it again.", { field: "epoch" });
		const seq = Math.min(given, tail.seq);
		const known = this.#unwritten.get({ room: name, user, epoch });
		if (!back && known && seq <= known.seq) return accept({});
		const moved: Moved = { epoch, seq, ...(back && { back }) };
		this.#unwritten.add({ room: name, user, ...moved, movedAt: clock.now() });
		this.#emit(room, user, moved, connection.id);
		if (room.presence.isElsewhere(user)) cluster.publishToRoom(name, { kind: "read", user, moved });
		return accept({});
	}

	/** Applies a move on another process. */
	receive(room: OpenRoom, user: string, moved: Moved): void {
		const place = { room: room.name, user, epoch: moved.epoch };
		const known = this.#unwritten.get(place);
		if (known && !moved.back && known.seq > moved.seq) return;
		this.#unwritten.addElsewhere({ ...place, ...moved, movedAt: this.#deps.clock.now() });
		this.#emit(room, user, moved);
	}

	/** Publishes a move that the process which the user has entered can't read from the store yet. */
	enteredElsewhere(room: OpenRoom, user: string): void {
		const unwritten = this.#unwritten.own({ room: room.name, user, epoch: room.log.tail.epoch });
		if (unwritten) this.#deps.cluster.publishToRoom(room.name, { kind: "read", user, moved: movedBy(unwritten) });
	}

	/** Reads the mark of a user who is joining. {@link latest} has the moves since. */
	read(room: OpenRoom, user: string): Promise<number | undefined> {
		return this.#reader.read({ room: room.name, user, epoch: room.log.tail.epoch });
	}

	/** Returns the current mark of a user whose stored mark is `stored`. */
	latest(room: OpenRoom, user: string, stored: number | undefined): number | undefined {
		const unwritten = this.#unwritten.get({ room: room.name, user, epoch: room.log.tail.epoch });
		if (!unwritten) return stored;
		return unwritten.back ? unwritten.seq : Math.max(unwritten.seq, stored ?? 0);
	}

	/** Removes the marks that were not moved since `before` (milliseconds since 1970). Returns their number. */
	prune(before: number): Promise<number> {
		return this.#deps.store.pruneReadMarks(before);
	}

	/** Resolves when every move so far is written, or can't be. */
	flush(): Promise<void> {
		return this.#unwritten.flush();
	}

	#emit(room: OpenRoom, user: string, moved: Moved, except?: string): void {
		for (const id of room.presence.connectionsOf(user))
			if (id !== except) this.#deps.broadcast.toConnection(id, "read:moved", { room: room.name, ...moved });
	}
}

function movedBy({ epoch, seq, back }: ReadMove): Moved {
	return { epoch, seq, ...(back && { back }) };
}
