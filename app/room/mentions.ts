import { EVERYBODY_MEMBERS, MAX_MENTIONS } from "../protocol/limits.ts";
import { EVERYBODY } from "../protocol/message.ts";
import type { OpenRoom } from "./open-rooms.ts";

/**
 * Returns those of the mentioned ids that are people of the room (rule C7): who is in it now, or wrote one of its newest
 * messages. Undefined if none are left.
 */
export function mentionsOf(
	{ presence, log }: Pick<OpenRoom, "presence" | "log">,
	ids: readonly string[] = [],
): string[] | undefined {
	const isKnown = (id: string) =>
		id === EVERYBODY ? presence.count <= EVERYBODY_MEMBERS : presence.has(id) || log.tail.hasAuthor(id);
	const mentions = [...new Set(ids.slice(0, MAX_MENTIONS))].filter(isKnown);
	return mentions.length > 0 ? mentions : undefined;
}
