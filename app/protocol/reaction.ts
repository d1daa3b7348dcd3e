import type { User } from "./session.ts";

/** The reactions to a message with one emoji. */
export type Reaction = {
	/** One emoji of Unicode's RGI set, in its fully qualified form. */
	emoji: string;
	/** People who reacted with it. */
	count: number;
	/** Some of them: at most `REACTION_USERS`, and `PAGE_REACTION_USERS` in all reactions of a page. Absent where none is named. */
	users?: User[];
	/** Present where the reader is among them. */
	mine?: true;
};

/** `reaction:set`. Idempotent by value: to set what is set already appends nothing. */
export type ReactionPayload = { room: string; target: number; clientId: string; emoji: string; on: boolean };
