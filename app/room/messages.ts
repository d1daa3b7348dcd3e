import type { Content, SendData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import { tooLong } from "../protocol/schemas/fields.ts";
import { type BannedWords, wordRefusal } from "./banned-words.ts";
import type { Limits } from "./limits.ts";
import type { AppendQueue } from "./log/append-queue.ts";
import type { Members } from "./members.ts";
import type { ClosedRooms } from "./moderation/closed-rooms.ts";
import type { ModerationNote, NewAuditEntry } from "./ports/audit.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { AppendOutcome } from "./ports/log.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { accept, notInRoom, type Refused, refuse } from "./refusals.ts";

type MessagesDeps = {
	appendQueue: Pick<AppendQueue, "append">;
	members: Pick<Members, "roomOf">;
	clock: Clock;
	limits: Pick<Limits, "messages" | "bodyChars">;
	hasBannedWord: BannedWords;
	closedRooms: Pick<ClosedRooms, "refusal">;
};

type Send = { room: string; clientId: string; content: Content };

/** Changes of a room's messages. Each one is an entry of the room's log. */
export class Messages {
	readonly #deps: MessagesDeps;
	readonly #rate: RateLimiter;

	constructor(deps: MessagesDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.messages, deps.clock);
	}

	/**
	 * Appends a message. `reply` is called once, after the commit (rule M1) and before the broadcast (rule M4), in the order
	 * in which a connection sent its messages. It is a callback, because a promise would settle after the broadcast.
	 */
	send(connection: Connection, { room: name, clientId, content }: Send, reply: (ack: Ack<SendData>) => void): void {
		const { members, appendQueue, clock } = this.#deps;
		const author = connection.user;
		const room = members.roomOf(connection, name);
		const refusal = room
			? (this.#refusal(name, content) ?? this.#takeToken(author.id) ?? this.#wordRefusal(content))
			: notInRoom();
		if (refusal) {
			reply(refusal);
			return;
		}
		room?.typing.stop(author);
		appendQueue.append(
			{ kind: "message", room: name, author, clientId, content, createdAt: clock.now() },
			(outcome) => {
				reply(outcome.ok ? accept(positionOf(outcome.data)) : outcome);
			},
		);
	}

	/** Removes a message for everyone (rule M6). Refuses with `not_found` where `target` is not a message of the room. */
	remove(room: string, target: number, note: ModerationNote = {}): Promise<Ack<{ seq: number }>> {
		const { appendQueue, clock } = this.#deps;
		const createdAt = clock.now();
		const audit: NewAuditEntry = { act: "remove_message", target: { room, seq: target }, createdAt, ...note };
		return new Promise((resolve) => {
			appendQueue.append({ kind: "removal", room, target, createdAt, audit }, (outcome) => {
				const isMissing = outcome.ok && outcome.data.outcome === "missing";
				if (isMissing) resolve(refuse("not_found", "There is no such message.", { field: "seq" }));
				else resolve(outcome.ok ? accept({ seq: positionOf(outcome.data).seq }) : outcome);
			});
		});
	}

	/** Returns why a member may not send this content, if that is known without reading it. */
	#refusal(room: string, { body }: Content): Refused | undefined {
		const { limits, closedRooms } = this.#deps;
		const closed = closedRooms.refusal(room);
		if (closed || body === undefined) return closed;
		if (limits.bodyChars > 0 && body.length > limits.bodyChars)
			return refuse("too_long", tooLong("A message", limits.bodyChars), { field: "body" });
		return undefined;
	}

	/** Refuses a banned word. Asked last, because it takes longer than the other checks. */
	#wordRefusal({ body }: Content): Refused | undefined {
		return body === undefined ? undefined : wordRefusal(this.#deps.hasBannedWord, "The message", body, "body");
	}

	/** Takes a token of the user's send rate. Returns a refusal if none is left. */
	#takeToken(userId: string): Refused | undefined {
		const waitMs = this.#rate.take(userId);
		if (waitMs === 0) return undefined;
		return refuse("rate_limited", "Too fast. Try again in a moment.", { retryAfterMs: waitMs });
	}
}

function positionOf(result: AppendOutcome): SendData {
	if (result.outcome === "missing") throw new Error("only a removal has a target that can be missing");
	const { seq, createdAt } = result.outcome === "appended" ? result.entry : result;
	return { seq, createdAt };
}
