import type { Item, MessageItem } from "../../model/item.ts";

/** The rows of the timeline: its items, with separators for days and unread messages. */
export type TimelineRow =
	| { kind: "day"; key: string; at: number }
	| { kind: "unread"; key: string }
	| MessageRow
	| Exclude<Item, MessageItem>;

export type MessageRow = {
	kind: "message";
	key: string;
	item: MessageItem;
	/** Whether it is the first, and the last, of a group of messages of one author. */
	first: boolean;
	last: boolean;
};

/** A longer pause between messages of one author starts a new group. */
export const GROUP_GAP_MS = 5 * 60_000;

/** Unchanged rows stay the same objects, so that they are not drawn again. */
const rowsOfItems = new WeakMap<MessageItem, MessageRow>();

/** `unreadFrom`: the seq of the first unread message. `dayKey`: see `TimeFormat`. */
export function rowsOf(
	items: readonly Item[],
	unreadFrom: number | undefined,
	dayKey: (at: number) => string,
): TimelineRow[] {
	const rows: TimelineRow[] = [];
	let day: string | undefined;
	let before: MessageRow | undefined;
	let unreadAdded = unreadFrom === undefined;

	for (const item of items) {
		const at = item.kind === "message" ? item.createdAt : item.at;
		// Only a later day gets a separator: clocks of other devices may be behind.
		const dayOfItem = dayKey(at);
		if (day === undefined || dayOfItem > day) {
			rows.push({ kind: "day", key: `day ${dayOfItem}`, at });
			day = dayOfItem;
			before = undefined;
		}
		if (item.kind !== "message") {
			rows.push(item);
			before = undefined;
			continue;
		}
		if (!unreadAdded && item.seq !== undefined && item.seq >= unreadFrom!) {
			rows.push({ kind: "unread", key: "unread" });
			unreadAdded = true;
			before = undefined;
		}
		const row: MessageRow = { kind: "message", key: item.key, item, first: !continues(before?.item, item), last: true };
		if (before !== undefined && !row.first) before.last = false;
		rows.push(row);
		before = row;
	}
	return rows.map((row) => (row.kind === "message" ? unchanged(row) : row));
}

function unchanged(row: MessageRow): MessageRow {
	const known = rowsOfItems.get(row.item);
	if (known !== undefined && known.first === row.first && known.last === row.last) return known;
	rowsOfItems.set(row.item, row);
	return row;
}

function continues(before: MessageItem | undefined, item: MessageItem): boolean {
	return (
		before !== undefined &&
		before.author.id === item.author.id &&
		before.author.name === item.author.name &&
		Math.abs(item.createdAt - before.createdAt) < GROUP_GAP_MS
	);
}
