import type { MessageItem } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";

type Mentions = { mentions?: readonly string[]; nameOf?: (id: string) => string | undefined; ownId?: string };

/** Returns what the text of a message needs to draw its mentions: nothing where it has none. */
export function mentionsOf(room: Room, { mentions }: MessageItem): Mentions {
	if (mentions === undefined) return {};
	return { mentions, ownId: room.me.id, nameOf: (id) => nameIn(room, id) };
}

/** Returns the name of a user whom the page knows: in the room, or the author of a message that is drawn. */
function nameIn({ me, presence, items }: Room, id: string): string | undefined {
	if (id === me.id) return me.name;
	const present = presence.peek()?.members.find((user) => user.id === id);
	if (present) return present.name;
	const written = items.peek().find((item) => item.kind === "message" && item.author.id === id);
	return written?.kind === "message" ? written.author.name : undefined;
}
