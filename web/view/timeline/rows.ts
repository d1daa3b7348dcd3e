import type { Item, MessageItem } from "../../model/item.ts";

/** What is drawn, one under the other: the timeline's items, and what the eye needs between them. */
export type Row =
	| { kind: "day"; key: string; at: number }
	| { kind: "unread"; key: string }
	| MessageRow
	| Exclude<Item, MessageItem>;

export type MessageRow = {
	kind: "message";
	key: string;
	item: MessageItem;
	/** Whether it opens, and closes, a group of messages of one author. */
	first: boolean;
	last: boolean;
};

/** After a pause as long as this, the same author is named anew, with the time. */
export const GROUP_GAP_MS = 5 * 60_000;

/** @param unreadFrom the `seq` above which "New" is written. @param dayKey as of `Times`. */
export function rowsOf(items: readonly Item[], unreadFrom: number | undefined, dayKey: (at: number) => string): Row[] {
	const rows: Row[] = [];
	let day: string | undefined;
	let before: MessageRow | undefined;
	let unreadTold = unreadFrom === undefined;

	for (const item of items) {
		const at = item.kind === "message" ? item.createdAt : item.at;
		// Days only ever go on: a clock that was set back, or is another one, makes no second separator.
		const itsDay = dayKey(at);
		if (day === undefined || itsDay > day) {
			rows.push({ kind: "day", key: `day ${itsDay}`, at });
			day = itsDay;
			before = undefined;
		}
		if (item.kind !== "message") {
			rows.push(item);
			before = undefined;
			continue;
		}
		if (!unreadTold && item.seq !== undefined && item.seq >= unreadFrom!) {
			rows.push({ kind: "unread", key: "unread" });
			unreadTold = true;
			before = undefined;
		}
		const row: MessageRow = { kind: "message", key: item.key, item, first: !continues(before?.item, item), last: true };
		if (before !== undefined && !row.first) before.last = false;
		rows.push(row);
		before = row;
	}
	return rows;
}

function continues(before: MessageItem | undefined, item: MessageItem): boolean {
	return (
		before !== undefined &&
		before.author.id === item.author.id &&
		before.author.name === item.author.name &&
		Math.abs(item.createdAt - before.createdAt) < GROUP_GAP_MS
	);
}
