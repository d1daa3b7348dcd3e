import { MAX_PAGE } from "../protocol/limits.ts";
import type { SinceData } from "../protocol/log.ts";
import type { Content, HistoryData, SendData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import { tooLong } from "../protocol/schemas/fields.ts";
import type { BannedWords } from "./banned-words.ts";
import type { Limits } from "./limits.ts";
import type { AppendQueue } from "./log/append-queue.ts";
import type { Members } from "./members.ts";
import type { ClosedRooms } from "./moderation/closed-rooms.ts";
import type { Account } from "./moderation/moderation.ts";
import type { NewAuditEntry } from "./ports/audit.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { AppendOutcome } from "./ports/log.ts";
import type { Store } from "./ports/store.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { accept, notInRoom, type Refused, refuse } from "./refusals.ts";

type MessagesDeps = {
	lane: AppendQueue;
	members: Members;
	store: Pick<Store, "history" | "since">;
	clock: Clock;
	limits: Pick<Limits, "messages" | "reads" | "bodyChars">;
	hasBannedWord: BannedWords;
	closedRooms: Pick<ClosedRooms, "refusal">;
};

type Send = { room: string; clientId: string; content: Content };
type Page = { room: string; before?: number | undefined; after?: number | undefined; limit?: number | undefined };

/** What members say in a room, and what was said. */
export class Messages {
	readonly #deps: MessagesDeps;
	readonly #rate: RateLimiter;
	readonly #reads: RateLimiter;

	constructor(deps: MessagesDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.messages, deps.clock);
		this.#reads = new RateLimiter(deps.limits.reads, deps.clock);
	}

	/**
	 * `reply` is called once, after the commit (rule M1) and before anybody is told (rule M4), in the order in which
	 * a connection's messages came. That is why it is a callback: a promise would answer a moment too late.
	 */
	send(connection: Connection, { room: name, clientId, content }: Send, reply: (ack: Ack<SendData>) => void): void {
		const { lane, clock } = this.#deps;
		const refusal = this.#refusal(connection, name, content);
		if (refusal) {
			reply(refusal);
			return;
		}
		const author = connection.user;
		lane.append({ kind: "message", room: name, author, clientId, content, createdAt: clock.now() }, (outcome) => {
			reply(outcome.ok ? accept(placeOf(outcome.data)) : outcome);
		});
	}

	/** Messages in their current state, ascending; the newest without `before` and `after`. */
	async history(connection: Connection, { room, before, after, limit = MAX_PAGE }: Page): Promise<Ack<HistoryData>> {
		const refusal = this.#readRefusal(connection, room);
		if (refusal) return refusal;
		const page = { ...(before !== undefined && { before }), ...(after !== undefined && { after }), limit };
		return accept(await this.#deps.store.history(room, page));
	}

	/** The log itself, for whoever sees a hole in it (rule M5). */
	async since(connection: Connection, room: string, after: number): Promise<Ack<SinceData>> {
		const refusal = this.#readRefusal(connection, room);
		if (refusal) return refusal;
		const { entries, more } = await this.#deps.store.since(room, after, MAX_PAGE);
		return accept({ entries, more });
	}

	/** Takes a message back for everyone (rule M6). `not_found` where it is not a message. */
	remove(room: string, target: number, account: Account = {}): Promise<Ack<{ seq: number }>> {
		const { lane, clock } = this.#deps;
		const createdAt = clock.now();
		const audit: NewAuditEntry = { act: "remove_message", target: { room, seq: target }, createdAt, ...account };
		return new Promise((resolve) => {
			lane.append({ kind: "removal", room, target, createdAt, audit }, (outcome) => {
				const isMissing = outcome.ok && outcome.data.outcome === "missing";
				if (isMissing) resolve(refuse("not_found", "There is no such message.", { field: "seq" }));
				else resolve(outcome.ok ? accept({ seq: placeOf(outcome.data).seq }) : outcome);
			});
		});
	}

	/** Why nothing is to be read, if it is not: a page costs the server more than a message does. */
	#readRefusal(connection: Connection, room: string): Refused | undefined {
		if (!this.#deps.members.roomOf(connection, room)) return notInRoom();
		const waitMs = this.#reads.take(connection.user.id);
		if (waitMs === 0) return undefined;
		return refuse("rate_limited", "You read too fast; wait a moment.", { retryAfterMs: waitMs });
	}

	/** Why a message is not to be sent, if it is not. */
	#refusal(connection: Connection, name: string, { body }: Content): Refused | undefined {
		const { members, limits, hasBannedWord, closedRooms } = this.#deps;
		const room = members.roomOf(connection, name);
		if (!room) return notInRoom();
		const closed = closedRooms.refusal(name);
		if (closed) return closed;
		if (body !== undefined) {
			if (limits.bodyChars > 0 && body.length > limits.bodyChars)
				return refuse("too_long", tooLong("A message", limits.bodyChars), { field: "body" });
			if (hasBannedWord(body))
				return refuse("bad_request", "The message has a word that is not welcome here.", { field: "body" });
		}
		const waitMs = this.#rate.take(connection.user.id);
		if (waitMs > 0) return refuse("rate_limited", "You write too fast; wait a moment.", { retryAfterMs: waitMs });
		room.typing.stop(connection.user);
		return undefined;
	}
}

function placeOf(result: AppendOutcome): SendData {
	if (result.outcome === "missing") throw new Error("only a removal has a target that can be missing");
	const { seq, createdAt } = result.outcome === "appended" ? result.entry : result;
	return { seq, createdAt };
}
