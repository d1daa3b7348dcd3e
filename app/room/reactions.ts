import { REACTION_KINDS } from "../protocol/limits.ts";
import type { Limits } from "./limits.ts";
import { type ChangeRequest, type MemberAppends, NO_TARGET, type Reply } from "./member-appends.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { type Refused, refuse, tooFast } from "./refusals.ts";

type ReactionsDeps = {
	appends: MemberAppends;
	clock: Clock;
	limits: Pick<Limits, "reactions">;
};

const FULL = refuse(
	"forbidden",
	`A message has at most ${REACTION_KINDS} different reactions. You can join one of them.`,
	{ field: "emoji" },
);

/** Reactions to messages (rule C4). */
export class Reactions {
	readonly #deps: ReactionsDeps;
	readonly #rate: RateLimiter;

	constructor(deps: ReactionsDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.reactions, deps.clock);
	}

	set(
		connection: Connection,
		reaction: ChangeRequest & { emoji: string; on: boolean },
		reply: Reply,
	): Refused | undefined {
		const { appends, clock } = this.#deps;
		const { user } = connection;
		const room = appends.writableRoom(connection, reaction.room);
		const refusal = room.ok ? tooFast(this.#rate.take(user.id)) : room;
		if (refusal) return refusal;
		appends.append({ kind: "reaction", ...reaction, user, createdAt: clock.now() }, reply, {
			missing: NO_TARGET,
			full: FULL,
		});
		return undefined;
	}
}
