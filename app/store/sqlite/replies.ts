import type { AppendRoom } from "./append-room.ts";
import type { EntryWriter } from "./entries.ts";

/** Returns the first message of the thread that a reply to `reply` belongs to; undefined if it has never been a message here. */
export function rootOf(entries: EntryWriter, room: AppendRoom, reply: number): number | undefined {
	// What retention has removed counts as a message.
	if (reply >= 1 && reply <= room.floor) return reply;
	const message = entries.targetOf(room, reply);
	return message && (message.root ?? reply);
}
