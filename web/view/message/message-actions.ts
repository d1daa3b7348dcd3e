import type { Room } from "../../model/room.ts";

/** What the composer and the panel do with a message. They set these functions; until then the actions are not offered. */
type MessageActions = {
	/** Begins a reply in the composer. `key` is that of the message. */
	onReply?: ((room: Room, key: string) => void) | undefined;
	/** Opens the thread whose first message has this seq. */
	onOpenThread?: ((room: Room, root: number) => void) | undefined;
};

export const messageActions: MessageActions = {};
