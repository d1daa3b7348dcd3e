import type { Cursor } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { Item, SystemItem } from "./item.ts";
import type { MessageItems } from "./message-items.ts";
import type { PendingMessage } from "./pending.ts";

/** A system item and its position: after the log entry with the seq `after`. */
export type PlacedItem = { after: number; item: SystemItem };

export type BuildItemsInput = {
	/** The id of the signed-in user. */
	me: string;
	/** The newest entry of the log that has arrived. */
	cursor: Cursor | undefined;
	messages: readonly Message[];
	hasOlder: boolean;
	hasNewer: boolean;
	/** Own messages that the log has not shown yet, in the order of writing. */
	pending: readonly PendingMessage[];
	/** The clientIds of own messages whose ack has arrived, by seq. */
	clientIds: ReadonlyMap<number, string>;
	systemItems: readonly PlacedItem[];
	messageItems: Pick<MessageItems, "stored" | "pending">;
};

/**
 * Returns the items to draw. An own message of the log that may be one of the pending messages is left out until an ack
 * identifies it (rule M4), so that no message is drawn twice.
 */
export function buildItems(input: BuildItemsInput): Item[] {
	const { me, cursor, messages, hasOlder, hasNewer, pending, clientIds, systemItems, messageItems } = input;
	const ambiguous = ambiguousAfter(cursor, pending);
	const items: Item[] = [];
	const first = messages[0]?.seq ?? 0;
	const placed = systemItems.filter(({ after }) => !hasOlder || after >= first - 1);
	let next = 0;
	const addSystemItemsBefore = (seq: number) => {
		for (; next < placed.length && placed[next]!.after < seq; next++) items.push(placed[next]!.item);
	};
	for (const message of messages) {
		addSystemItemsBefore(message.seq);
		const mine = message.author.id === me;
		const clientId = mine ? clientIds.get(message.seq) : undefined;
		if (mine && clientId === undefined && message.seq > ambiguous) continue;
		const item = messageItems.stored(message, clientId);
		if (item) items.push(item);
	}
	// More of the log follows below, so the newest system items and the pending messages are out of view.
	if (hasNewer) return items;
	addSystemItemsBefore(Number.POSITIVE_INFINITY);
	for (const message of pending) {
		const isInLog = message.seq !== undefined && message.seq <= (cursor?.seq ?? 0);
		const item = message.hidden || isInLog ? undefined : messageItems.pending(message);
		if (item) items.push(item);
	}
	return items;
}

/** Returns the seq after which an own message of the log may be a pending one. */
function ambiguousAfter(cursor: Cursor | undefined, pending: readonly PendingMessage[]): number {
	let ambiguous = Number.POSITIVE_INFINITY;
	for (const { after, state, hidden } of pending) {
		if (after === undefined || hidden || state === "stored" || state === "failed") continue;
		ambiguous = Math.min(ambiguous, after !== "unknown" && after.epoch === cursor?.epoch ? after.seq : 0);
	}
	return ambiguous;
}
