import type { Unread } from "../../model/unread.ts";

/** Returns "3", "50+", or "" without unread messages. */
export function unreadLabel({ count, more }: Unread): string {
	if (count === 0 && !more) return "";
	return more ? `${count}+` : String(count);
}

/** Returns "3 unread messages", for screen readers. */
export function unreadSentence(unread: Unread): string {
	const one = unread.count === 1 && !unread.more;
	return `${unreadLabel(unread)} unread ${one ? "message" : "messages"}`;
}

/** Returns "3 mentions", for screen readers. */
export function mentionsSentence(count: number): string {
	return count === 1 ? "1 mention" : `${count} mentions`;
}

export function sumUnread(rooms: readonly Unread[]): Unread {
	return { count: rooms.reduce((sum, { count }) => sum + count, 0), more: rooms.some(({ more }) => more) };
}

/** Returns the title of the window: unread messages of all rooms, the current room, "Hubbub". */
export function pageTitle(unread: readonly Unread[], room: string | undefined): string {
	const label = unreadLabel(sumUnread(unread));
	return `${label && `(${label}) `}${room === undefined ? "" : `${room} · `}Hubbub`;
}
