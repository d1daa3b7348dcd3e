import { type ChangeRequest, type MemberAppends, NO_TARGET, type Reply } from "./member-appends.ts";
import type { Members } from "./members.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { notInRoom, type Refused, refuse, tooFast } from "./refusals.ts";

type RemovalsDeps = {
	appends: MemberAppends;
	members: Pick<Members, "roomOf">;
	/** The rate of edits, removals and pins. */
	editRate: RateLimiter;
	clock: Clock;
};

const FORBIDDEN = refuse("forbidden", "You can only delete your own messages.", { field: "target" });

/** The removal of messages by their authors, for everyone (rules M6, C3). */
export class Removals {
	readonly #deps: RemovalsDeps;

	constructor(deps: RemovalsDeps) {
		this.#deps = deps;
	}

	/** Removes a message of the connection's user, also in a closed room. */
	remove(connection: Connection, { room, target, clientId }: ChangeRequest, reply: Reply): Refused | undefined {
		const { appends, members, editRate, clock } = this.#deps;
		const { user } = connection;
		const refusal = members.roomOf(connection, room) ? tooFast(editRate.take(user.id)) : notInRoom();
		if (refusal) return refusal;
		const by = { user, clientId };
		appends.append({ kind: "removal", room, target, by, createdAt: clock.now() }, reply, {
			missing: NO_TARGET,
			forbidden: FORBIDDEN,
		});
		return undefined;
	}
}
