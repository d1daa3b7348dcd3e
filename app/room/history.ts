import { MAX_PAGE } from "../protocol/limits.ts";
import type { SinceData } from "../protocol/log.ts";
import type { AroundData, HistoryData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { Limits } from "./limits.ts";
import type { Members } from "./members.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { MessagePage } from "./ports/log.ts";
import type { Store } from "./ports/store.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { withBoundedNames } from "./reaction-names.ts";
import { accept, notInRoom, refuse, tooFast } from "./refusals.ts";
import { visiblePage } from "./visible-messages.ts";

type HistoryDeps = {
	members: Pick<Members, "roomOf">;
	store: Pick<Store, "history" | "around" | "since">;
	clock: Clock;
	limits: Pick<Limits, "reads">;
};

type Page = Omit<MessagePage, "limit" | "viewer"> & { room: string; limit?: number | undefined };
type Around = { room: string; limit?: number | undefined } & ({ seq: number } | { at: number });

/** Messages of `message:around` where the client names no limit. */
const AROUND_MESSAGES = 50;

/** Pages of a room's messages and of its log, for its members. Every page takes a token: it costs more than a message. */
export class History {
	readonly #deps: HistoryDeps;
	readonly #rate: RateLimiter;

	constructor(deps: HistoryDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.reads, deps.clock);
	}

	/** Returns messages in their current state, ascending; the newest without `before` and `after`. */
	async messages(connection: Connection, { room, limit = MAX_PAGE, ...page }: Page): Promise<Ack<HistoryData>> {
		const taken = this.#take(connection, room);
		if (!taken.ok) return taken;
		const first = taken.data;
		const after = page.after === undefined ? undefined : Math.max(page.after, first - 1);
		const read = await this.#deps.store.history(room, { ...page, after, limit, viewer: connection.user.id });
		const data = visiblePage(read, first);
		return accept({ ...data, messages: withBoundedNames(data.messages) });
	}

	/** Returns messages on both sides of a message, which may have been removed, or of a time (rule C8). */
	async around(connection: Connection, { room, limit = AROUND_MESSAGES, ...place }: Around): Promise<Ack<AroundData>> {
		const taken = this.#take(connection, room);
		if (!taken.ok) return taken;
		const read = await this.#deps.store.around(room, { ...place, limit, viewer: connection.user.id });
		const page = visiblePage(read, taken.data);
		if ("seq" in place && (place.seq > page.seq || place.seq < taken.data))
			return refuse("not_found", "There is no such message in this room.", { field: "seq" });
		return accept({ ...page, messages: withBoundedNames(page.messages) });
	}

	/** Returns entries of the log, with which a client fills a gap in its copy (rule M5). */
	async since(connection: Connection, room: string, after: number): Promise<Ack<SinceData>> {
		const taken = this.#take(connection, room);
		if (!taken.ok) return taken;
		const { entries, more } = await this.#deps.store.since(room, Math.max(after, taken.data - 1), MAX_PAGE);
		return accept({ entries, more });
	}

	/**
	 * Takes a token of the user's read rate. Returns the first `seq` that the user sees, or a refusal if the connection is not
	 * in the room or no token is left.
	 */
	#take(connection: Connection, name: string): Ack<number> {
		const { user } = connection;
		const room = this.#deps.members.roomOf(connection, name);
		if (!room) return notInRoom();
		const refusal = tooFast(this.#rate.take(user.id), "You are reading too fast. Try again in a moment.");
		return refusal ?? accept(room.access?.firstSeqOf(user.id) ?? 0);
	}
}
