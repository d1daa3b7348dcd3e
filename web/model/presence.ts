import { PRESENCE_LIST_MEMBERS } from "../../app/protocol/limits.ts";
import type { PresenceDiff, PresenceSnapshot } from "../../app/protocol/presence.ts";

/** Up to so many people, each coming and going is told in the timeline. */
export const SMALL_ROOM_MEMBERS = 20;

/** Who is here after a change. Told twice it changes nothing twice. */
export function applyDiff(
	{ members, truncated }: PresenceSnapshot,
	{ joins, leaves, count }: PresenceDiff,
): PresenceSnapshot {
	const byId = new Map(members.map((member) => [member.id, member]));
	for (const { id } of leaves) byId.delete(id);
	for (const user of joins) byId.set(user.id, user);
	const listed = [...byId.values()].slice(0, PRESENCE_LIST_MEMBERS);
	return { count, members: listed, truncated: truncated || count > PRESENCE_LIST_MEMBERS };
}

/** Whether the list can't be right any more: only a new snapshot can tell who is here. */
export function isOutdated({ count, members, truncated }: PresenceSnapshot): boolean {
	return truncated ? count <= PRESENCE_LIST_MEMBERS : members.length !== count;
}
