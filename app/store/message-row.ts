import type { Message } from "../protocol/message.ts";
import type { Reaction } from "../protocol/reaction.ts";
import { type MessageRow, sentMessageOf } from "./entry-row.ts";

/** The state of a message in either database. A message that nothing has changed has none. */
export type StateRow = [rev: number, editedAt: number | null, replies: number, pinned: number | null];

/** Returns a message in its current state. `row` has its current text. */
export function messageOf(row: MessageRow, state?: StateRow, reactions: Reaction[] = []): Message {
	const message = sentMessageOf(row);
	if (!state) return { ...message, rev: message.seq };
	const [rev, editedAt, replies, pinned] = state;
	return {
		...message,
		rev,
		...(editedAt !== null && { editedAt }),
		...(pinned !== null && { pinned: true as const }),
		...(replies > 0 && { replies }),
		...(reactions.length > 0 && { reactions }),
	};
}
