import type { SendData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import { tooLong } from "../protocol/schemas/fields.ts";
import { type BannedWords, wordRefusal } from "./banned-words.ts";
import type { Limits } from "./limits.ts";
import type { AppendQueue } from "./log/append-queue.ts";
import type { Members } from "./members.ts";
import type { ClosedRooms } from "./moderation/closed-rooms.ts";
import type { OpenRoom } from "./open-rooms.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Append, AppendOutcome, AppendRefusal } from "./ports/log.ts";
import { accept, notInRoom, type Refused, refuse } from "./refusals.ts";

/** Called once, with the ack, unless the request was refused at once. */
export type Reply = (ack: Ack<SendData>) => void;
/** A member's request to change the message `target`. */
export type ChangeRequest = { room: string; target: number; clientId: string };

type MemberAppendsDeps = {
	appendQueue: Pick<AppendQueue, "append">;
	members: Pick<Members, "roomOf">;
	closedRooms: Pick<ClosedRooms, "refusal">;
	limits: Pick<Limits, "bodyChars">;
	hasBannedWord: BannedWords;
};

/** What the appends of members have in common: their checks, and the ack after the commit. */
export class MemberAppends {
	readonly #deps: MemberAppendsDeps;

	constructor(deps: MemberAppendsDeps) {
		this.#deps = deps;
	}

	/** Returns a room to a connection that may write there: it is in the room (rule R3), and no admin closed it (rule A5). */
	writableRoom(connection: Connection, name: string): Ack<OpenRoom> {
		const { members, closedRooms } = this.#deps;
		const room = members.roomOf(connection, name);
		return room ? (closedRooms.refusal(name) ?? accept(room)) : notInRoom();
	}

	lengthRefusal(body: string): Refused | undefined {
		const { bodyChars } = this.#deps.limits;
		if (bodyChars === 0 || body.length <= bodyChars) return undefined;
		return refuse("too_long", tooLong("A message", bodyChars), { field: "body" });
	}

	/** Asked last, because it takes longer than the other checks. */
	wordRefusal(body: string): Refused | undefined {
		return wordRefusal(this.#deps.hasBannedWord, "The message", body, "body");
	}

	/**
	 * Appends. `reply` is called after the commit (rule M1) and before the broadcast (rule M4), in the order of the calls. It
	 * is a callback, because a promise would settle after the broadcast.
	 */
	append(append: Append, reply: Reply, refusals: Partial<Record<AppendRefusal, Refused>>): void {
		this.#deps.appendQueue.append(append, (outcome) =>
			reply(outcome.ok ? ackOf(append, outcome.data, refusals) : outcome),
		);
	}
}

function ackOf(
	append: Append,
	result: AppendOutcome,
	refusals: Partial<Record<AppendRefusal, Refused>>,
): Ack<SendData> {
	// The user was removed from the private room a moment ago.
	if (result.outcome === "refused" && result.reason === "not_member") return notInRoom();
	if (result.outcome === "refused") return refusals[result.reason] ?? unexpected(append, result.reason);
	const { seq, createdAt } = result.outcome === "appended" ? result.entry : result;
	return accept({ seq, createdAt });
}

/** The refusal of a change whose target is not a message of the room, or not any more. */
export const NO_TARGET = refuse("not_found", "There is no such message. It may have been removed.", {
	field: "target",
});

function unexpected({ kind }: Append, reason: AppendRefusal): never {
	throw new Error(`the store refused to append an entry of kind ${kind}: ${reason}`);
}
