import type { User } from "../../../../app/protocol/session.ts";
import type { MessageItem } from "../../../model/item.ts";
import { mentionsIn } from "../../../model/mentions.ts";
import type { Room } from "../../../model/room.ts";

/**
 * Returns whom the new text mentions: those whose "@Name" is in it. Of people whose names this page does not know, it keeps
 * those whom the former text mentioned. `chosen`: the people who were chosen from the list of completions.
 */
export function mentionsAfter(room: Room, item: MessageItem, body: string, chosen: readonly User[] = []): string[] {
	const known = [...chosen, ...knownPeople(room)];
	const ids = new Set(known.map(({ id }) => id));
	const unknown = (item.mentions ?? []).filter((id) => !ids.has(id));
	return [...mentionsIn(body, known), ...(body.includes("@") ? unknown : [])];
}

function knownPeople(room: Room): User[] {
	const authors = room.items.peek().flatMap((item) => (item.kind === "message" ? [item.author] : []));
	const people = [...room.mentionable(""), ...(room.presence.peek()?.members ?? []), ...authors];
	return [...new Map(people.map((user) => [user.id, user])).values()];
}
