import { EVERYBODY_MEMBERS, MAX_MENTIONS } from "../protocol/limits.ts";
import { EVERYBODY } from "../protocol/message.ts";
import type { OpenRoom } from "./open-rooms.ts";

/**
 * Returns those of the mentioned ids that are people of the room (rule C7): who is in it now, or wrote one of its newest
 * messages; in a private room, its members. Undefined if none are left.
 */
export function mentionsOf(
	{ presence, log, access }: Pick<OpenRoom, "presence" | "log" | "access">,
	ids: readonly string[] = [],
): string[] | undefined {
	const isPerson = (id: string) => access?.has(id) ?? (presence.has(id) || log.tail.hasAuthor(id));
	const isKnown = (id: string) =>
		id === EVERYBODY ? (access?.memberCount ?? presence.count) <= EVERYBODY_MEMBERS : isPerson(id);
	const mentions = [...new Set(ids.slice(0, MAX_MENTIONS))].filter(isKnown);
	return mentions.length > 0 ? mentions : undefined;
}
