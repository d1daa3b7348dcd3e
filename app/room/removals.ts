import { type ChangeRequest, type MemberAppends, NO_TARGET, type Reply } from "./member-appends.ts";
import type { Members } from "./members.ts";
import type { People } from "./people/people.ts";
import { auditedActor } from "./people/people.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { notInRoom, type Refused, refuse, tooFast } from "./refusals.ts";

type RemovalsDeps = {
	appends: MemberAppends;
	members: Pick<Members, "roomOf">;
	people: Pick<People, "may">;
	/** The rate of edits, removals and pins. */
	editRate: RateLimiter;
	clock: Clock;
};

const FORBIDDEN = refuse("forbidden", "You can only delete your own messages.", { field: "target" });

/** The removal of messages by their authors, and by owners and moderators, for everyone (rules M6, C3). */
export class Removals {
	readonly #deps: RemovalsDeps;

	constructor(deps: RemovalsDeps) {
		this.#deps = deps;
	}

	/** Removes a message of the connection's user, or as a moderator somebody else's, also in a closed room. */
	remove(connection: Connection, { room, target, clientId }: ChangeRequest, reply: Reply): Refused | undefined {
		const { appends, members, people, editRate, clock } = this.#deps;
		const { user } = connection;
		const refusal = members.roomOf(connection, room) ? tooFast(editRate.take(user.id)) : notInRoom();
		if (refusal) return refusal;
		const createdAt = clock.now();
		const removal = { kind: "removal", room, target, createdAt } as const;
		appends.append({ ...removal, by: { user, clientId } }, replyOrModerate, {
			missing: NO_TARGET,
			forbidden: FORBIDDEN,
		});

		// Only the store knows the author. A moderator's removal of somebody else's message is one without an author.
		function replyOrModerate(ack: Parameters<Reply>[0]): void {
			if (ack !== FORBIDDEN || !people.may(user.id, "remove_messages")) {
				reply(ack);
				return;
			}
			const audit = { act: "remove_message", target: { room, seq: target }, createdAt, ...auditedActor(user) } as const;
			appends.append({ ...removal, audit }, reply, { missing: NO_TARGET });
		}
		return undefined;
	}
}
