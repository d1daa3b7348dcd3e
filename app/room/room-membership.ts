import { isPrivateName } from "../protocol/private-room.ts";
import type { Store } from "./ports/store.ts";

/** Returns whether a user may enter a room: everybody an open one, its members a private one (rule R5). */
export async function mayEnter(store: Pick<Store, "roleIn">, userId: string, room: string): Promise<boolean> {
	return !isPrivateName(room) || (await store.roleIn(room, userId)) !== undefined;
}
