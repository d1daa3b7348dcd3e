import { EVERYBODY } from "../../app/protocol/message.ts";
import type { User } from "../../app/protocol/session.ts";
import type { Room } from "./room.ts";

const MAX_FOUND = 6;

/** Returns the people of the user's rooms whose names match, without those of `except`. */
export function knownPeople(
	rooms: readonly Pick<Room, "mentionable">[],
	query: string,
	except: ReadonlySet<string>,
): User[] {
	const found = new Map<string, User>();
	for (const user of rooms.flatMap((room) => room.mentionable(query)))
		if (user.id !== EVERYBODY && !except.has(user.id)) found.set(user.id, user);
	return [...found.values()].sort((a, b) => a.name.localeCompare(b.name)).slice(0, MAX_FOUND);
}
