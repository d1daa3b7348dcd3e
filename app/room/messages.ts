import type { Content } from "../protocol/message.ts";
import type { Limits } from "./limits.ts";
import type { MemberAppends, Reply } from "./member-appends.ts";
import { mentionsOf } from "./mentions.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { type Refused, refuse, tooFast } from "./refusals.ts";

type MessagesDeps = {
	appends: MemberAppends;
	clock: Clock;
	limits: Pick<Limits, "messages">;
};

type Send = {
	room: string;
	clientId: string;
	content: Content;
	reply?: number | undefined;
	mentions?: string[] | undefined;
	files?: string[] | undefined;
};

const NO_FILE = refuse("not_found", "A file of this message is not there any more. Send it again.", { field: "files" });
const NOTHING_TO_REPLY_TO = refuse("not_found", "The message that you reply to does not exist.", { field: "reply" });

/** The sending of messages. */
export class Messages {
	readonly #deps: MessagesDeps;
	readonly #rate: RateLimiter;

	constructor(deps: MessagesDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.messages, deps.clock);
	}

	/** Appends a message. Returns a refusal, or undefined and calls `reply` after the commit. */
	send(
		connection: Connection,
		{ room: name, clientId, content, ...references }: Send,
		reply: Reply,
	): Refused | undefined {
		const { appends, clock } = this.#deps;
		const room = appends.writableRoom(connection, name);
		if (!room.ok) return room;
		const author = connection.user;
		const { body = "" } = content;
		const refusal = appends.lengthRefusal(body) ?? tooFast(this.#rate.take(author.id)) ?? appends.wordRefusal(body);
		if (refusal) return refusal;
		room.data.typing.stop(author);
		const mentions = mentionsOf(room.data, references.mentions);
		appends.append(
			{
				kind: "message",
				room: name,
				author,
				clientId,
				content,
				reply: references.reply,
				mentions,
				files: references.files,
				createdAt: clock.now(),
			},
			reply,
			{ missing: NOTHING_TO_REPLY_TO, no_file: NO_FILE },
		);
		return undefined;
	}
}
