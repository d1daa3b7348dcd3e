import { MAX_PINS } from "../protocol/limits.ts";
import { type ChangeRequest, type MemberAppends, NO_TARGET, type Reply } from "./member-appends.ts";
import type { People } from "./people/people.ts";
import { auditedActor } from "./people/people.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { type Refused, refuse, tooFast } from "./refusals.ts";

type PinsDeps = {
	appends: MemberAppends;
	people: Pick<People, "refusal">;
	/** The rate of edits, removals and pins. */
	editRate: RateLimiter;
	clock: Pick<Clock, "now">;
};

export const PINS_FULL = refuse(
	"forbidden",
	`A room has at most ${MAX_PINS} pinned messages. Unpin another one first.`,
);

/** The pinning of messages by owners and moderators, and by the owners of a private room (rule C5). */
export class Pins {
	readonly #deps: PinsDeps;

	constructor(deps: PinsDeps) {
		this.#deps = deps;
	}

	set(
		connection: Connection,
		{ room: name, target, clientId, on }: ChangeRequest & { on: boolean },
		reply: Reply,
	): Refused | undefined {
		const { appends, people, editRate, clock } = this.#deps;
		const { user } = connection;
		const room = appends.writableRoom(connection, name);
		if (!room.ok) return room;
		const isOwner = room.data.access?.roleOf(user.id) === "owner";
		const forbidden = isOwner ? undefined : people.refusal(user, "pin_messages");
		const refusal = forbidden ?? tooFast(editRate.take(user.id));
		if (refusal) return refusal;
		const createdAt = clock.now();
		const act = on ? "pin_message" : "unpin_message";
		const audit = { act, target: { room: name, seq: target }, createdAt, ...auditedActor(user) } as const;
		appends.append({ kind: "pin", room: name, target, on, by: { user, clientId }, createdAt, audit }, reply, {
			missing: NO_TARGET,
			full: PINS_FULL,
		});
		return undefined;
	}
}
