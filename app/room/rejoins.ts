import type { Cursor } from "../protocol/log.ts";
import { isPrivateName } from "../protocol/private-room.ts";
import type { Limits } from "./limits.ts";
import type { OpenRooms } from "./open-rooms.ts";
import type { Clock } from "./ports/clock.ts";
import type { Store } from "./ports/store.ts";
import { RateLimiter } from "./rate-limiter.ts";

type RejoinsDeps = {
	rooms: Pick<OpenRooms, "get">;
	store: Pick<Store, "heads">;
	clock: Clock;
	limits: Pick<Limits, "joins" | "rejoins">;
};

/** A validated request to join a room. */
export type JoinRequest = { room: string; after?: Cursor | undefined };

/** Takes the token of a join. Returns the milliseconds until one is available, 0 if there was one. */
export type TakeJoin = (userId: string) => number;

/**
 * The rates of joins. A rejoin has a rate of its own, so that a reload and a restart of the server cost none of the tokens
 * for new rooms. A user rejoins a room that they are in on this process, on another connection or during the grace period
 * of a lost one, or whose `epoch` they know, which only people who were in it receive.
 */
export class Rejoins {
	readonly #deps: RejoinsDeps;
	readonly #joins: RateLimiter;
	readonly #rejoins: RateLimiter;

	constructor(deps: RejoinsDeps) {
		this.#deps = deps;
		this.#joins = new RateLimiter(deps.limits.joins, deps.clock);
		this.#rejoins = new RateLimiter(deps.limits.rejoins, deps.clock);
	}

	readonly takeJoin: TakeJoin = (userId) => this.#joins.take(userId);

	/** Returns how to take the token of each join. Reads the store for rooms that are not open. Rejects when the store does. */
	async takesOf(userId: string, joins: readonly JoinRequest[]): Promise<[JoinRequest, TakeJoin][]> {
		const { rooms, store } = this.#deps;
		const unknown = joins.flatMap(({ room, after }) =>
			after && !rooms.get(room) && !isPrivateName(room) ? [room] : [],
		);
		const heads = unknown.length > 0 ? await store.heads([...new Set(unknown)]) : new Map();
		const isKnown = (room: string, after: Cursor | undefined): boolean =>
			after !== undefined && after.epoch === (rooms.get(room)?.log.tail ?? heads.get(room))?.epoch;
		const take: TakeJoin = (id) => this.#rejoins.take(id);
		return joins.map((join) => {
			// A private room is not created by a join, and who is not a member learns nothing.
			const isRejoin =
				isPrivateName(join.room) || rooms.get(join.room)?.presence.has(userId) || isKnown(join.room, join.after);
			return [join, isRejoin ? take : this.takeJoin];
		});
	}
}
