import { PAGE_REACTION_USERS } from "../protocol/limits.ts";
import type { Message } from "../protocol/message.ts";
import type { Reaction } from "../protocol/reaction.ts";

/**
 * Returns the messages with at most `PAGE_REACTION_USERS` names of people who reacted, those of the newest messages, so that
 * a page has a bounded size. The counts stay.
 */
export function withBoundedNames(messages: readonly Message[]): Message[] {
	let left = PAGE_REACTION_USERS;
	function bounded(reaction: Reaction): Reaction {
		const { users = [], ...rest } = reaction;
		const named = users.slice(0, left);
		left -= named.length;
		if (named.length === 0) return rest;
		return named.length === users.length ? reaction : { ...reaction, users: named };
	}
	return [...messages]
		.reverse()
		.map((message) => (message.reactions ? { ...message, reactions: message.reactions.map(bounded) } : message))
		.reverse();
}
