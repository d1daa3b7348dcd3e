import type { Limits } from "./limits.ts";
import { type ChangeRequest, type MemberAppends, NO_TARGET, type Reply } from "./member-appends.ts";
import { mentionsOf } from "./mentions.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { type Refused, refuse, tooFast } from "./refusals.ts";

const MINUTE_MS = 60_000;

type EditsDeps = {
	appends: MemberAppends;
	/** The rate of edits, removals and pins. */
	editRate: RateLimiter;
	clock: Clock;
	limits: Pick<Limits, "editMinutes">;
};

type Edit = ChangeRequest & { body: string; mentions?: string[] | undefined };

const FORBIDDEN = refuse("forbidden", "You can only edit your own text messages.", { field: "target" });

/** The editing of messages by their authors (rule C2). */
export class Edits {
	readonly #deps: EditsDeps;

	constructor(deps: EditsDeps) {
		this.#deps = deps;
	}

	edit(
		connection: Connection,
		{ room: name, target, clientId, body, mentions }: Edit,
		reply: Reply,
	): Refused | undefined {
		const { appends, editRate, clock, limits } = this.#deps;
		const { user } = connection;
		const room = appends.writableRoom(connection, name);
		if (!room.ok) return room;
		const refusal = appends.lengthRefusal(body) ?? tooFast(editRate.take(user.id)) ?? appends.wordRefusal(body);
		if (refusal) return refusal;
		const createdAt = clock.now();
		const { editMinutes } = limits;
		appends.append(
			{
				kind: "edit",
				room: name,
				target,
				user,
				clientId,
				body,
				mentions: mentionsOf(room.data, mentions),
				createdAt,
				notBefore: editMinutes > 0 ? createdAt - editMinutes * MINUTE_MS : 0,
			},
			reply,
			{ missing: NO_TARGET, forbidden: FORBIDDEN, expired: expired(editMinutes) },
		);
		return undefined;
	}
}

function expired(minutes: number) {
	const [time, unit] = minutes >= 120 ? [Math.floor(minutes / 60), "hours"] : [minutes, "minutes"];
	return refuse("forbidden", `A message can be edited for ${time} ${unit} after it was sent.`, { field: "target" });
}
