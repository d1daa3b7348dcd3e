import { isPrivateName } from "../../protocol/private-room.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { SearchData, SearchPayload } from "../../protocol/search.ts";
import type { Limits } from "../limits.ts";
import type { Members } from "../members.ts";
import type { Bans } from "../moderation/bans.ts";
import type { Connection } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import type { SearchIndex } from "../ports/search.ts";
import { RateLimiter } from "../rate-limiter.ts";
import { withBoundedNames } from "../reaction-names.ts";
import { accept, refuse, tooFast } from "../refusals.ts";
import type { Indexer } from "./indexer.ts";
import { isEmpty, queryOf } from "./query.ts";

/** Hits of one page. */
const PAGE_HITS = 20;

type SearchDeps = {
	searchIndex: Pick<SearchIndex, "search">;
	members: Pick<Members, "roomsOf">;
	bans: Pick<Bans, "roomRefusal">;
	indexer: Pick<Indexer, "catchUp">;
	clock: Pick<Clock, "monotonic">;
	limits: Pick<Limits, "searches">;
};

/** Searches in the messages that a user may read (rules Q1 to Q4). */
export class Search {
	readonly #deps: SearchDeps;
	readonly #rate: RateLimiter;

	constructor(deps: SearchDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.searches, deps.clock);
	}

	/** Returns a page of messages that match, newest first. Rejects when the store does. */
	async query(connection: Connection, payload: SearchPayload): Promise<Ack<SearchData>> {
		const viewer = connection.user.id;
		const refusal = tooFast(this.#rate.take(viewer), "Too many searches. Try again in a moment.");
		if (refusal) return refusal;
		const query = queryOf(payload);
		if (isEmpty(query)) return refuse("bad_request", "Type a word to search for.", { field: "text" });
		await this.#deps.indexer.catchUp();
		const rooms = this.#openRooms(connection, query.room);
		const request = { query, rooms, cursor: payload.cursor, limit: PAGE_HITS, viewer };
		const { hits, ...rest } = await this.#deps.searchIndex.search(request);
		// Meanwhile the user may have left a room, or an admin may have removed them from it.
		const readable = new Set(this.#openRooms(connection, query.room));
		const shown = hits.filter(({ room }) => (isPrivateName(room) ? !this.#isBanned(viewer, room) : readable.has(room)));
		const messages = withBoundedNames(shown.map(({ message }) => message));
		return accept({ hits: shown.map((hit, index) => ({ ...hit, message: messages[index]! })), ...rest });
	}

	/**
	 * Returns the open rooms in which a connection may search now: those that it is in, or the one that it names, which
	 * everybody may join. The store adds the private rooms.
	 */
	#openRooms(connection: Connection, named: string | undefined): string[] {
		const rooms = named === undefined ? this.#deps.members.roomsOf(connection) : [named];
		return rooms.filter((room) => !isPrivateName(room) && !this.#isBanned(connection.user.id, room));
	}

	#isBanned(userId: string, room: string): boolean {
		return this.#deps.bans.roomRefusal(userId, room) !== undefined;
	}
}
